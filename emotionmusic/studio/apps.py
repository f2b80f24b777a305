from django.apps import AppConfig


class StudioConfig(AppConfig):
    name = "emotionmusic.studio"
    label = "studio"

    def ready(self) -> None:
        from emotionmusic.library import further_kinds
        from emotionmusic.studio.video_kinds import VIDEO_KINDS

        for kind in VIDEO_KINDS:
            further_kinds.add(kind)
