"""Một Cửa: the one-stop shop and administrative reform of a Vietnamese locality."""

__version__ = "0.1.0"
