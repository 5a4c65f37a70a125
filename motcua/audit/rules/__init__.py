"""What the log's proofs are made of: canonical text, hash chains, Merkle trees. No database, no clock."""
