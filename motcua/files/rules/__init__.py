"""What a file is, told from its bytes and not from its name."""
