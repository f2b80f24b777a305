from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "emotionmusic.sharing"
    label = "sharing"
