"""The settings that are the same wherever Alongside runs.

Environment: ``ALONGSIDE_DATA_FOLDER`` (the private cluster, the secret key; ``data`` unless set),
``DATABASE_URL`` (a PostgreSQL of your own: the application's role), ``DATABASE_OWNER_URL`` (the role that
migrates), ``ALONGSIDE_SECRET_KEY``, ``ALONGSIDE_SECRET_KEY_FALLBACKS`` (previous keys, separated by commas,
which can still decrypt and verify but are not used for anything new),
``ALONGSIDE_HOSTS`` (names the site answers to, separated by commas),
``ALONGSIDE_PHASE`` (a word at the top of every page, such as Trial; none if set but empty),
``ALONGSIDE_AREA`` (folder of the area pack; the demonstration pack unless set), ``ALONGSIDE_RUNS`` (folder of
run folders) and ``ALONGSIDE_DROP`` (where agencies put their extracts), both in the data folder unless set.
``ALONGSIDE_EXIT_TO`` (where "exit this page" leads; a page about the weather unless set).
``ALONGSIDE_SECOND_FACTOR_FOR`` (codes of roles, separated by commas, that must have a second factor; unless
set, every role that sees people or the audit trail, or looks after members). ``ALONGSIDE_SIGN_ON_ISSUER``,
``_CLIENT_ID`` and ``_CLIENT_SECRET`` name a council's own OpenID Connect provider, and ``_NAME`` what the
button calls it.
``ALONGSIDE_LANGUAGES`` (codes, separated by commas, of languages for pages besides English; none unless set).
``ALONGSIDE_MAIL`` (address of a mail server), ``ALONGSIDE_MAIL_FROM`` and ``ALONGSIDE_ADDRESS`` (where
members find the pages): without them nobody is told anything by e-mail.
"""

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from alongside.casework.accounts.rules import roles_that_need_a_second_factor
from alongside.casework.accounts.sign_on.provider import provider_named
from alongside.casework.design.languages import languages_offered
from alongside.casework.kernel.database import data_folder, database_settings
from alongside.casework.kernel.mail import mail_named
from alongside.casework.kernel.secrets import key_fallbacks, secret_key
from alongside.casework.settings.installed import INSTALLED_APPS as INSTALLED_APPS

DATA_FOLDER = data_folder()
PACKAGE = Path(__file__).resolve().parents[1]
AREA_FOLDER = Path(os.environ.get("ALONGSIDE_AREA") or PACKAGE.parents[2] / "area")
RUNS_FOLDER = Path(os.environ.get("ALONGSIDE_RUNS") or DATA_FOLDER / "runs").resolve()
DROP_FOLDER = Path(os.environ.get("ALONGSIDE_DROP") or DATA_FOLDER / "drop").resolve()

DEBUG = False
SECRET_KEY = secret_key(DATA_FOLDER)
SECRET_KEY_FALLBACKS = key_fallbacks()
ALLOWED_HOSTS = os.environ.get("ALONGSIDE_HOSTS", "localhost,127.0.0.1").split(",")
ROOT_URLCONF = "alongside.casework.urls"
WSGI_APPLICATION = "alongside.casework.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": database_settings(DATA_FOLDER)}

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "alongside.casework.accounts.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "alongside.casework.accounts.middleware.ActorMiddleware",
    "alongside.casework.people.middleware.HandedOverMiddleware",
    "alongside.casework.people.middleware.EmergencyMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "alongside.casework.design.environment.environment",
            "context_processors": ["alongside.casework.design.context.page_context"],
        },
    },
]

SESSION_ENGINE = "alongside.casework.accounts.sessions"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "alongside.casework.accounts.passwords.ByPassword",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "today"
# many wrong passwords in a row must not all be checked: after five, none for 15 minutes
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = ["username"]
# by default axes looks for the model's "email" field, finds none in our form, and counts nothing
AXES_USERNAME_FORM_FIELD = "username"
AXES_LOCKOUT_CALLABLE = "alongside.casework.accounts.views.signing.locked_out"
AXES_DISABLE_ACCESS_LOG = True  # who signed in is an audit event
AXES_VERBOSE = False
# axes keeps what was sent with a failed try, for inspection: a mistyped secret nearly gives the secret away
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "password", "again", "current", "code", "answer"]
# only the address counts, wherever the try comes from: that is the stricter choice, not the laxer one
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

EXIT_TO = os.environ.get("ALONGSIDE_EXIT_TO") or "https://www.bbc.co.uk/weather"
"""Where "exit this page" leads: a page that anybody might be looking at."""
SECOND_FACTOR_FOR = roles_that_need_a_second_factor(os.environ.get("ALONGSIDE_SECOND_FACTOR_FOR"))
"""Codes of roles; members with one of them but no second factor only get to the page that sets one up."""
SIGN_ON = provider_named(os.environ)
"""A council's own provider; members may sign in through it if their account has the address it verified."""
MFA_ADAPTER = "alongside.casework.accounts.models.second_factor.Sealing"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]

PROCRASTINATE_ON_APP_READY = "alongside.casework.background.worker.register"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""  # the schedule says what runs; nothing is discovered by name

MAIL = mail_named(os.environ)
"""How members are told that something is waiting; None if no mail server is named, and nothing is sent."""
EMAIL_BACKEND = MAIL.backend if MAIL else "django.core.mail.backends.dummy.EmailBackend"
EMAIL_HOST, EMAIL_PORT = (MAIL.host, MAIL.port) if MAIL else ("", 0)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (MAIL.user, MAIL.password) if MAIL else ("", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = (MAIL.starttls, MAIL.tls) if MAIL else (False, False)
EMAIL_FILE_PATH = (MAIL.folder or None) if MAIL else None
EMAIL_TIMEOUT = 20

LANGUAGE_CODE = "en-gb"
LANGUAGES = languages_offered(os.environ.get("ALONGSIDE_LANGUAGES", ""))
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "alongside.casework.design.refusals.form_expired"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without_values": {"()": "alongside.casework.kernel.logs.WithoutValues"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "without_values"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
PHASE = os.environ.get("ALONGSIDE_PHASE", _("Trial"))
"""A word at the top of every page for the stage a partnership has reached; if empty, nothing is shown."""
PHASE_SENTENCE = _("This is a new service. Tell your organisation lead about anything that gets in your way.")
DEMONSTRATION = False
"""Whether the sign-in page offers the demonstration people. Never true of a real partnership."""
