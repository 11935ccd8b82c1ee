"""What each transaction is: payee knowledge, evidence, streams, transfers and returned debits."""
