"""Reads of rights."""
