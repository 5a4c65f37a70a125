"""A citizen's account: signing in, what is known of them, for whom they act."""
