"""Commands about runs and data."""
