"""Pages of the directory, and what it publishes."""
