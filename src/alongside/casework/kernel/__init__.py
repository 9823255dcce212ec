"""What everything else stands on and no domain word is in: errors, the ledger, the database, secrets."""
