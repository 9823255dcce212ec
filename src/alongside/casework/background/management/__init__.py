"""What `alongside manage` offers of this app."""
