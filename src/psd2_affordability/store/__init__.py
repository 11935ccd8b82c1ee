"""What is kept: consents, accounts, transactions, assessments and call budgets."""
