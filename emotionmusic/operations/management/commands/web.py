import socket
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Serves pages and sockets from a listening socket that the supervisor hands down."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fd", type=int, required=True, help="descriptor of the listening socket")

    def handle(self, *args: object, **options: Any) -> None:
        config = uvicorn.Config(
            settings.ASGI_APPLICATION.replace(".application", ":application"),
            lifespan="off",
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            # Only behind a proxy of ours may a header say where a request comes from.
            proxy_headers=settings.HTTPS,
            ws_max_size=64 * 1024,
            timeout_graceful_shutdown=5,
        )
        # Not uvicorn's own --fd: that takes the socket for a Unix one and leaves Nagle's delay on.
        uvicorn.Server(config).run(sockets=[socket.socket(fileno=options["fd"])])
