"""The finished words about offers."""
