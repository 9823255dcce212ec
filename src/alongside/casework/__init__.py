"""Act: where named professionals and the person do the rest; share lawfully, convene, decide, plan, hold, learn.

It sees only people who were released to a named agency for a recorded purpose, or whom somebody worried about.
Each app is one slice of the work, and every app has the same file names; only an app's ``jobs`` may call insight.
"""
