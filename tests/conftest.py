"""What holds for every test."""

import signal

# Whoever runs the tests in the background may have told them not to hear an interrupt; what they try must.
signal.signal(signal.SIGINT, signal.default_int_handler)
