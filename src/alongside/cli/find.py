"""alongside find."""
