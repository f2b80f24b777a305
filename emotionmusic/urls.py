"""The addresses of the site, room by room."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import TemplateView

from emotionmusic.operations.views import healthz

urlpatterns = [
    path("", TemplateView.as_view(template_name="home/index.html"), name="home"),
    path("licence/", TemplateView.as_view(template_name="home/licence.html"), name="licence"),
    path("accounts/", include("emotionmusic.accounts.urls")),
    path("studio/", include("emotionmusic.studio.urls")),
    path("library/", include("emotionmusic.library.urls")),
    path("s/", include("emotionmusic.sharing.urls")),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
]
