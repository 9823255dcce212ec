"""What runs by itself: each app says what of its own runs when, and one background worker does it.

Words: the *schedule* is the list of what runs by itself; each line of it has a *rhythm*; the *background
worker* is the process that does it; *how it went* is what is remembered of the last time.
"""
