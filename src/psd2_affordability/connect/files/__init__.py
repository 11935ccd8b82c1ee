"""Statement files: recognised by their content, read whole, proven by their own balances."""
