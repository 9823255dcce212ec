"""Automatic jobs: each app says which of its own jobs run when, and one background worker runs them.

Words: the *schedule* is the list of automatic jobs; each line of it has a *rhythm*; the *background worker*
is the process that runs them; *how it went* is what is remembered of the last run.
"""
