from django.urls import include, path
from django.views.generic import RedirectView

from emotionmusic.accounts import views

urlpatterns = [
    path("", views.account, name="account"),
    path("language/", views.choose_language, name="language"),
    # django-allauth's page for several addresses: where nobody verifies theirs, it can leave a user without any.
    path("email/", RedirectView.as_view(pattern_name="account")),
    path("", include("allauth.account.urls")),
]
