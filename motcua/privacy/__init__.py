"""Rights of people over their personal data: see, correct, delete; what they agreed to; how long data is kept."""
