"""Pure calculators on understood transactions: income, costs, room, seizure, credit check, signals."""
