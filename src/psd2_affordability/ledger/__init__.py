"""The frame of transactions: one row each, amounts in whole cents."""
