"""Pages that anyone may read, without an account."""
