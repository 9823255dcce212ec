"""Writes of capacity."""
