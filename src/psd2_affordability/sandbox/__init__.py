"""Bank simulators and the sandbox people who bank there."""
