from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "emotionmusic.accounts"
    label = "accounts"
