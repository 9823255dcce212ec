"""This app's `alongside manage` commands."""
