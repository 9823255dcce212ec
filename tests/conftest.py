"""What holds for every test."""

import os
import signal

from hypothesis import HealthCheck, settings

# Whoever runs the tests in the background may have told them not to hear an interrupt; what they try must.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine is no defect. A submission is tried on the same examples each time; else new ones are sought.
settings.register_profile(
    "ours",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("ours")
