"""What is kept between two days: cases, consents, bank data, answers, and who read what and why."""
