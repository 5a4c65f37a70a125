"""Screens of electronic forms."""
