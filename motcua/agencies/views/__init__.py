"""Pages of the administrator, and of everybody's own delegations."""
