"""A real partnership being tried or set up on one's own machine: as in production, but without HTTPS.

Only for names of this machine, whatever ``ALONGSIDE_HOSTS`` says: what is typed would cross a network in the
clear.
"""

from alongside.casework.settings.base import *  # noqa: F403

ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
