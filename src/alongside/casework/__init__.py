"""Act: where named professionals and the person share lawfully, convene, decide, plan, hold and learn.

It sees only people released to a named agency for a recorded purpose, or about whom somebody worried. Each
app is one slice of the work, and every app has the same file names; only an app's ``jobs`` calls insight.
"""
