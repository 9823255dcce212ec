"""Rights in finished words."""
