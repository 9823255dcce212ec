"""A real partnership being tried or set up on your own machine: as in production, but without HTTPS.

Only for this machine's own names, whatever ``ALONGSIDE_HOSTS`` says: otherwise, what people type would cross
a network unencrypted.
"""

from alongside.casework.settings.base import *  # noqa: F403

ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
