"""Settings of the web product: ``base`` holds what is true everywhere; the others say what differs.

Everything a machine may set differently is an environment variable; ``base`` lists them.
"""
