"""The demonstration on your own machine: the named people of Riverside, one click each to sign in."""

import os

from alongside.casework.kernel.database import data_folder

os.environ.setdefault("ALONGSIDE_MAIL", (data_folder() / "mail").as_uri())  # to a folder; sent to nobody
os.environ.setdefault("ALONGSIDE_MAIL_FROM", "alongside@example.org")
os.environ.setdefault("ALONGSIDE_ADDRESS", "http://localhost:8000")

from alongside.casework.settings.base import *  # noqa: F403

DEMONSTRATION = True
SECOND_FACTOR_FOR = frozenset()
