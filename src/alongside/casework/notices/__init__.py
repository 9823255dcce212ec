"""Telling a member by e-mail that something waits for them.

Words: a *notice* says that something waits, and where; never what, or about whom.
"""
