from django.apps import AppConfig


class CurationConfig(AppConfig):
    name = "emotionmusic.curation"
    label = "curation"
