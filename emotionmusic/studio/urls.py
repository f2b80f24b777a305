"""Addresses under /studio/."""

from django.urls import path

from emotionmusic.studio import views

app_name = "studio"
urlpatterns = [
    path("", views.wish, name="wish"),
    path("<uuid:generation_id>/", views.generation, name="generation"),
    path("<uuid:generation_id>/progress/", views.progress, name="progress"),
    path("<uuid:generation_id>/cancel/", views.cancel, name="cancel"),
]
