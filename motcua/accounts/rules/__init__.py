"""Pure rules of accounts: sign-in names and passwords."""
