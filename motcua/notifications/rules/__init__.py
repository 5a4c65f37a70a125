"""Words of messages and the times at which they are tried again."""
