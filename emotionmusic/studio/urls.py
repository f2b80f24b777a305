"""Addresses under /studio/."""

from django.urls import path

from emotionmusic.studio import brief_views, editing_views, views

app_name = "studio"
urlpatterns = [
    path("", views.wish, name="wish"),
    path("from/<uuid:track_id>/another/", editing_views.another, name="another"),
    path("from/<uuid:track_id>/mood/", editing_views.other_mood, name="other-mood"),
    path("from/<uuid:track_id>/bars/", editing_views.other_bars, name="other-bars"),
    path("from/<uuid:track_id>/arrangement/", editing_views.arrangement, name="arrangement"),
    path("briefs/", brief_views.ask, name="ask"),
    path("briefs/<uuid:brief_id>/", brief_views.brief, name="brief"),
    path("briefs/<uuid:brief_id>/progress/", brief_views.progress, name="brief-progress"),
    path("briefs/<uuid:brief_id>/cancel/", brief_views.cancel, name="brief-cancel"),
    path("briefs/<uuid:brief_id>/delete/", brief_views.delete, name="brief-delete"),
    path("briefs/<uuid:brief_id>/video", brief_views.video, name="brief-video"),
    path("<uuid:generation_id>/", views.generation, name="generation"),
    path("<uuid:generation_id>/progress/", views.progress, name="progress"),
    path("<uuid:generation_id>/cancel/", views.cancel, name="cancel"),
]
