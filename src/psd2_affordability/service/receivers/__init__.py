"""What the receiver of an answer sees of it, on paper, on pages, over HTTP and in the terminal alike."""
