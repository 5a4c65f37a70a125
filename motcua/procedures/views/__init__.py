"""Screens of the catalogue, for officers."""
