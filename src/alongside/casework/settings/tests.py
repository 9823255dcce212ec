"""The tests: as everywhere else, except for what would only make them slow."""

import os

from alongside.casework.kernel.database import AS_OWNER

os.environ.setdefault("ALONGSIDE_DATA_FOLDER", "data/tests")  # never a cluster in use by a server
os.environ.setdefault(AS_OWNER, "1")  # the tests make the tables; row-level security holds for owners too

from alongside.casework.settings.base import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# a dozen people acting at the same moment must not wait for each other's connection
DATABASES["default"]["OPTIONS"]["pool"] |= {"max_size": 40}  # noqa: F405
WHITENOISE_AUTOREFRESH = True  # there is no folder of collected files
DEMONSTRATION = True
SIGN_ON = None
MAIL = None
SECOND_FACTOR_FOR = frozenset()  # a test that wants it says so
ALLOWED_HOSTS = ["*"]
