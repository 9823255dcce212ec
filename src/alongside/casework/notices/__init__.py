"""Telling a member by e-mail that something is waiting for them.

Words: a *notice* says that something is waiting, and where; never what, or about whom.
"""
