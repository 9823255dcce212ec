"""alongside explain."""
