"""Addresses under /studio/."""

from django.urls import path

from emotionmusic.studio import editing_views, views

app_name = "studio"
urlpatterns = [
    path("", views.wish, name="wish"),
    path("from/<uuid:track_id>/another/", editing_views.another, name="another"),
    path("from/<uuid:track_id>/mood/", editing_views.other_mood, name="other-mood"),
    path("from/<uuid:track_id>/bars/", editing_views.other_bars, name="other-bars"),
    path("from/<uuid:track_id>/arrangement/", editing_views.arrangement, name="arrangement"),
    path("<uuid:generation_id>/", views.generation, name="generation"),
    path("<uuid:generation_id>/progress/", views.progress, name="progress"),
    path("<uuid:generation_id>/cancel/", views.cancel, name="cancel"),
]
