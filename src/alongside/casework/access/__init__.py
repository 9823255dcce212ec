"""Who is asking, what they may do, and why not: actors, roles, permissions, decisions. No tables here."""
