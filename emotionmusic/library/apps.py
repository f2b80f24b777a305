from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "emotionmusic.library"
    label = "library"
