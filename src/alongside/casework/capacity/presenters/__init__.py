"""The words on capacity pages."""
