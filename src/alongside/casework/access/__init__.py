"""Who asks, what they may, and why not: actors, roles, permissions, decisions. No tables are here."""
