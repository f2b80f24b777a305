"""Every choice of the site in one place. What may differ between machines is read from the environment."""

from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF

from emotionmusic import env
from emotionmusic.operations import redis_address, secrets
from generator.rendering.soundfont import find_soundfont

# Lets annotations name what Django's classes hold, as in ModelAdmin[Track].
django_stubs_ext.monkeypatch()

ROOT = Path(__file__).resolve().parent.parent
VAR = env.path("EMOTIONMUSIC_VAR", ROOT / "var")
VAR.mkdir(mode=0o700, parents=True, exist_ok=True)

# --- Where and for whom it runs -----------------------------------------------------------------------------------

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.text("SECRET_KEY") or secrets.kept(VAR / "secret_key")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
HOST = env.text("HOST", "127.0.0.1")
PORT = env.integer("PORT", 8000, minimum=1, maximum=65535)
# The public address is https and a proxy in front of this process ends TLS and sets the X-Forwarded headers.
HTTPS = env.flag("HTTPS")
# Written into the files that are handed out, where no visitor's request says what the site is called.
_USUAL_ADDRESS = f"https://{ALLOWED_HOSTS[0]}" if HTTPS else f"http://{ALLOWED_HOSTS[0]}:{PORT}"
SITE_ADDRESS = env.address("SITE_ADDRESS", _USUAL_ADDRESS)
WEB_WORKERS = env.integer("WEB_WORKERS", 2, minimum=1, maximum=32)
COMPOSE_WORKERS = env.integer("COMPOSE_WORKERS", 1, minimum=0, maximum=32)
RENDER_WORKERS = env.integer("RENDER_WORKERS", 1, minimum=0, maximum=32)

# --- What a creator may do ----------------------------------------------------------------------------------------

GENERATIONS_AT_ONCE = env.integer("GENERATIONS_AT_ONCE", 3, minimum=1, maximum=1000)
BRIEFS_AT_ONCE = env.integer("BRIEFS_AT_ONCE", 3, minimum=1, maximum=1000)
# Of one uploaded file with words, of one video, and of all that one creator has uploaded and we still keep.
WORDS_MB = env.integer("WORDS_MB", 20, minimum=1, maximum=20)
VIDEO_MB = env.integer("VIDEO_MB", 500, minimum=1, maximum=4000)
UPLOADS_MB = env.integer("UPLOADS_MB", 2000, minimum=1, maximum=1_000_000)
BRIEF_DAYS = env.integer("BRIEF_DAYS", 90, minimum=1, maximum=3650)
VIDEO_DAYS = env.integer("VIDEO_DAYS", 7, minimum=1, maximum=365)
TRASH_DAYS = env.integer("TRASH_DAYS", 7, minimum=0, maximum=365)

# --- Sound --------------------------------------------------------------------------------------------------------

SOUNDFONT = find_soundfont()
CHECKPOINT = env.path("CHECKPOINT", ROOT / "generator" / "checkpoints" / "lb_attention.safetensors")

# --- Django -------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "emotionmusic.accounts",
    "emotionmusic.studio",
    "emotionmusic.library",
    "emotionmusic.sharing",
    "emotionmusic.curation",
    "emotionmusic.operations",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "servestatic",
    "channels",
    "django_rq",
    "csp",
    "allauth",
    "allauth.account",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "emotionmusic.accounts.language.AccountLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "emotionmusic.urls"
ASGI_APPLICATION = "emotionmusic.asgi.application"
WSGI_APPLICATION = "emotionmusic.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Languages and times ------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
# `make translations` writes their catalogues.
LANGUAGES = [("en", "English"), ("ko", "한국어"), ("zh-hans", "简体中文"), ("zh-hant", "繁體中文")]
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = "emotionmusic.formats"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
TIME_ZONE = "UTC"
USE_TZ = True

# --- What is kept -------------------------------------------------------------------------------------------------

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "db.sqlite3",
        "OPTIONS": {
            # Without IMMEDIATE a transaction that reads and then writes fails with "locked" instead of waiting.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
        # On disk as in service: workers and sockets of a test are other threads and processes.
        "TEST": {"NAME": VAR / "test.sqlite3"},
    },
}
# In the database: the rate limits hold across processes and while Redis is away.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
MEDIA_ROOT = VAR / "media"
MEDIA_URL = "media/"
# The approved training pieces; `generator train` reads the folder that the same variable names.
CURATED_ROOT = env.path("EMOTIONMUSIC_CURATED", VAR / "curated")
STATIC_ROOT = VAR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "emotionmusic.operations.static.HashedStaticStorage",
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Redis: the queues and the live progress ----------------------------------------------------------------------

REDIS_URL = redis_address.configured(VAR)
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        # redis-py would end an idle subscription after five seconds.
        "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_connect_timeout": 1, "socket_timeout": 30}]},
    },
}
# JSON: what crosses the queue is a function's name and ids, never a pickled object.
_QUEUE = {"URL": redis_address.impatient(REDIS_URL), "SERIALIZER": "rq.serializers.JSONSerializer"}
RQ_QUEUES = {
    "compose": {**_QUEUE, "DEFAULT_TIMEOUT": 300},
    "render": {**_QUEUE, "DEFAULT_TIMEOUT": 300},
    "check": {**_QUEUE, "DEFAULT_TIMEOUT": 180},
    # As long as a video may be read, and a little.
    "read": {**_QUEUE, "DEFAULT_TIMEOUT": 4000},
}
RQ = {"COMMIT_MODE": "on_db_commit", "DEFAULT_RESULT_TTL": 60}

# --- Accounts -----------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/studio/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# A newcomer makes music at once; an address matters only to whoever asks for a new password.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[EmotionMusic] "

_MAIL = env.choice("EMAIL", "console", allowed=("console", "file", "smtp"))
EMAIL_BACKEND = f"django.core.mail.backends.{'filebased' if _MAIL == 'file' else _MAIL}.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.integer("EMAIL_PORT", 587, minimum=1, maximum=65535)
EMAIL_HOST_USER = env.text("EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_TLS", True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "EmotionMusic <noreply@localhost>")

# --- What a browser is told ---------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SERVESTATIC_ALLOW_ALL_ORIGINS = False
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # Answered with 400; a scanner's wrong Host header is worth no trace of thirty lines.
        "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL"},
    },
}
