from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.module_loading import import_string

from emotionmusic.operations import worker

# Loaded before the first job, so that no creator waits for it.
WARM_UPS = {
    "compose": "emotionmusic.studio.jobs.compose.warm_up",
    "render": "emotionmusic.studio.jobs.render.warm_up",
    "read": "emotionmusic.studio.jobs.read.warm_up",
}


class Command(BaseCommand):
    help = "Works on one queue until SIGTERM."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("queue", choices=list(settings.RQ_QUEUES))

    def handle(self, *args: object, **options: str) -> None:
        queue = options["queue"]
        if queue in WARM_UPS:
            import_string(WARM_UPS[queue])()
        worker.run(queue)
