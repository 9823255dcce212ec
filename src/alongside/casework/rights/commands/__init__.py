"""Writes of rights."""
