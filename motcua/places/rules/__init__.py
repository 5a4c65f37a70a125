"""Rules of administrative units."""
