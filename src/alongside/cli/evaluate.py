"""alongside evaluate."""
