"""What pages show, in finished words."""
