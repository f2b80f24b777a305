"""The studio's sockets."""

from django.urls import path

from emotionmusic.studio.consumers import GenerationConsumer

websocket_urlpatterns = [
    path("ws/generations/<uuid:generation_id>/", GenerationConsumer.as_asgi()),
]
