"""Answers for other programmes."""
