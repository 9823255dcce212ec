"""What this app adds to `alongside manage`."""
