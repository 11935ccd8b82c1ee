"""What the account is likely to do: the foreseen rhythms, the loose rest, and many futures of both."""
