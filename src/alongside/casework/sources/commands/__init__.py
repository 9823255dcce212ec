"""Writing what concerns runs and data."""
