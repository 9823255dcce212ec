"""The apps of the web product: kept separate, so that reading them touches no data folder."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "axes",
    "allauth.account",  # needed by the next one: none of its pages is served
    "allauth.mfa",
    "alongside.casework.audit",
    "alongside.casework.design",
    "alongside.casework.accounts",
    "alongside.casework.background",
    "alongside.casework.notices",
    "alongside.casework.directory",
    "alongside.casework.people",
    "alongside.casework.capacity",
    "alongside.casework.offers",
    "alongside.casework.sharing",
    "alongside.casework.sources",
    "alongside.casework.marm",
    "alongside.casework.outreach",
    "alongside.casework.oversight",
    "alongside.casework.rights",
    "procrastinate.contrib.django",  # the queue: last, so that every app has added to the schedule by then
]
