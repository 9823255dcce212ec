"""What everything else builds on, without any domain words: errors, the ledger, the database, secrets."""
