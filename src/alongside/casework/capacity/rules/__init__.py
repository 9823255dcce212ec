"""Decisions about capacity and advocacy that need no lookups."""
