"""Finished words for the pages of sharing."""
