import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from emotionmusic import env
from emotionmusic.operations import listening, redis_state, services
from emotionmusic.operations.embedded_redis import RedisDidNotStart
from emotionmusic.operations.supervisor import DoesNotServe, Supervisor, say


class Command(BaseCommand):
    help = "Prepares the site and runs all of it: Redis, workers, web server. Ctrl-C ends everything."
    requires_system_checks: tuple[str, ...] = ()

    def handle(self, *args: object, **options: object) -> None:
        try:
            with _only_one(), listening.listen(settings.HOST, settings.PORT) as listener:
                self._check()
                self._prepare()
                Supervisor(listener).run()
        except (listening.CannotListen, RedisDidNotStart, DoesNotServe, ImproperlyConfigured) as error:
            raise CommandError(str(error)) from None

    def _check(self) -> None:
        problems = [found for found in checks.run_checks() if found.is_serious() and not found.is_silenced()]
        if problems:
            raise CommandError("\n".join(f"{found.msg} {found.hint or ''} [{found.id}]" for found in problems))
        if env.text("REDIS_URL") and (problem := redis_state.problem(settings.REDIS_URL)):
            say(f"Redis does not answer: {problem}. Going on; nothing is composed until it does.")

    def _prepare(self) -> None:
        began = time.monotonic()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        email = env.text("EMOTIONMUSIC_ADMIN_EMAIL", "admin@example.com")
        password = services.create_first_admin(email=email, password=env.text("EMOTIONMUSIC_ADMIN_PASSWORD"))
        if password:
            say(
                f"The first admin is {email} with the password {password} (shown only now; change it after signing in)"
            )
        connections.close_all()
        say(f"Prepared in {time.monotonic() - began:.1f} s")


@contextmanager
def _only_one() -> Iterator[None]:
    """Two supervisors on one folder would write over each other's Redis."""
    with open(settings.VAR / "serve.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CommandError(f"EmotionMusic runs from {settings.VAR} already.") from None
        yield
