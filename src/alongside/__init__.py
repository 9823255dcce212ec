"""Alongside: notice people who need help early, and hold risk together with them.

Two halves (ARCHITECTURE.md): ``alongside.insight`` finds, ``alongside.casework`` acts. Everything a
partnership may set differently is an area pack, read by ``alongside.area``.
"""

__version__ = "0.1.0"
