"""Pages: signing in and out, today, organisations, members, absences."""
