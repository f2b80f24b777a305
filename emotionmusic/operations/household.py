"""Which processes make up the running site. The one place to add another."""

import sys

from django.conf import settings

from emotionmusic.operations.processes import Child


def household(listener: int) -> list[Child]:
    """The children of a running site but Redis; `listener` is the descriptor of the shared listening socket."""
    manage = (sys.executable, str(settings.ROOT / "manage.py"))
    workers = {"compose": settings.COMPOSE_WORKERS, "render": settings.RENDER_WORKERS, "check": 1, "read": 1}
    return [
        *(
            Child(f"web {number}", (*manage, "web", "--fd", str(listener)), fds=(listener,))
            for number in range(1, settings.WEB_WORKERS + 1)
        ),
        *(
            Child(f"{queue} worker {number}", (*manage, "work", queue))
            for queue, count in workers.items()
            for number in range(1, count + 1)
        ),
        Child("reconciler", (*manage, "reconcile")),
    ]
