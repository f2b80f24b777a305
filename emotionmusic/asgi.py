"""Pages and sockets of the site. A socket is refused unless its Origin is one of ours."""

import os

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, Scope
from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application
from django.urls import re_path

from emotionmusic.operations.body_limit import BodyLimit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "emotionmusic.settings")
pages = get_asgi_application()

# The rooms' routing modules import models, which is possible only from here on.
from emotionmusic.studio.routing import websocket_urlpatterns  # noqa: E402
from emotionmusic.studio.upload_limit import most_bytes  # noqa: E402


async def nowhere(scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """Refuses a socket at an address that leads nowhere; without it Channels answers 500 and logs a trace."""
    await receive()
    await send({"type": "websocket.close", "code": 4404, "reason": ""})


routes = URLRouter([*websocket_urlpatterns, re_path("", nowhere)])  # type: ignore[arg-type]
application = ProtocolTypeRouter(
    {
        "http": BodyLimit(pages, most_bytes),
        "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(routes)),
    }
)
