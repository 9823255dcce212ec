"""Commands that write offers."""
