"""Pages about people: each translates, calls one command or query, and answers."""
