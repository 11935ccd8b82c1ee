"""Bank protocols and statement files: everything that brings transactions in."""
