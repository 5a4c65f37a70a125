"""Shapes of input about money."""
