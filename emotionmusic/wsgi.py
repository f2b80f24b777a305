"""The pages alone, for a server that speaks WSGI. Live progress needs `emotionmusic.asgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "emotionmusic.settings")
application = get_wsgi_application()
