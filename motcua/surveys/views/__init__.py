"""Staff screens of ratings and surveys."""
