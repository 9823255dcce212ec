"""alongside check."""
