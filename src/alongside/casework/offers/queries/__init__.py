"""Queries about offers."""
