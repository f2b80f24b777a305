"""Addresses under /library/."""

from django.urls import path

from emotionmusic.library import file_views, views

app_name = "library"
urlpatterns = [
    path("", views.shelf, name="shelf"),
    path("deleted/", views.deleted, name="deleted"),
    path("<uuid:track_id>/", views.track, name="track"),
    path("<uuid:track_id>/rename/", views.rename, name="rename"),
    path("<uuid:track_id>/delete/", views.delete, name="delete"),
    path("<uuid:track_id>/restore/", views.restore, name="restore"),
    path("<uuid:track_id>/audio.mp3", views.audio, name="audio"),
    path("<uuid:track_id>/download/<str:kind>/", file_views.download, name="download"),
    path("<uuid:track_id>/files/<str:kind>/", file_views.file, name="file"),
    path("<uuid:track_id>/parts/<int:place>.mp3", file_views.part, name="part"),
]
