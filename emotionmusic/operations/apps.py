from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "emotionmusic.operations"
    label = "operations"

    def ready(self) -> None:
        from emotionmusic import checks  # noqa: F401  registers the system checks
