"""Writing about worklists and conversations."""
