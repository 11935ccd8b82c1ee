"""Dated national law, answering the ports that `assess` declares."""
