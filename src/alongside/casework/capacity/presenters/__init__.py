"""Finished words for the pages of capacity."""
