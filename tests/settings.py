"""The site's own settings, in a folder of their own that goes when the tests end."""

import atexit
import os
import shutil
import tempfile

VAR_OF_TESTS = tempfile.mkdtemp(prefix="emotionmusic-tests-")
atexit.register(shutil.rmtree, VAR_OF_TESTS, ignore_errors=True)
os.environ["EMOTIONMUSIC_VAR"] = VAR_OF_TESTS
for _name in ("REDIS_URL", "SECRET_KEY", "ALLOWED_HOSTS", "HTTPS", "DEBUG", "EMAIL", "PORT", "HOST"):
    os.environ.pop(_name, None)

from emotionmusic.settings import *  # noqa: E402, F403

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Without the hashes no file needs collecting first; tests/operations/ checks the hashed names.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir()  # noqa: F405
