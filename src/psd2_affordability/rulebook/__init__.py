"""The strict loader of dated rules and their look-up by date."""
