"""One module per bank protocol."""
