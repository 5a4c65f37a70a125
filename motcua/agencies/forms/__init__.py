"""Shapes of what administrators type; the rules are elsewhere."""
