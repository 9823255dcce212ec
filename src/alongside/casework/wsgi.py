"""What a server of pages calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.casework.settings.production")
application = get_wsgi_application()
