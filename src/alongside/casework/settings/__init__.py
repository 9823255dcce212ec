"""Settings of the web product: ``base`` holds what is the same everywhere; the others say what differs.

Everything that can be set per machine is an environment variable; ``base`` lists them.
"""
