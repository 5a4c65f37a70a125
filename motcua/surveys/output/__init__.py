"""Files of ratings and surveys."""
