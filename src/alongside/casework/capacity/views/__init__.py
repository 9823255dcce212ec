"""Capacity pages."""
