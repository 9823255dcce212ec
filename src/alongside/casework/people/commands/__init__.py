"""Writing about people."""
