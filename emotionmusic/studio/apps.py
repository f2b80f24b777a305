from django.apps import AppConfig


class StudioConfig(AppConfig):
    name = "emotionmusic.studio"
    label = "studio"
