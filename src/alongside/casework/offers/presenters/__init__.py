"""Offers in finished words."""
