"""Overseeing how information is used: the audit trail on pages, and who looked at one record."""
