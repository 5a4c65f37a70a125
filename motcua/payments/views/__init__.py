"""Pages of the cashier."""
