"""Addresses under /s/."""

from django.urls import path

from emotionmusic.sharing import views

app_name = "sharing"
urlpatterns = [
    path("make/<uuid:track_id>/", views.make, name="make"),
    path("revoke/<uuid:track_id>/", views.revoke, name="revoke"),
    path("<str:token>/", views.listen, name="listen"),
    path("<str:token>/audio.mp3", views.audio, name="audio"),
]
