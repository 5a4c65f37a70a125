"""Reads of the queue: lines, the day of an office, the board, a ticket by its token, what is known to the public."""
