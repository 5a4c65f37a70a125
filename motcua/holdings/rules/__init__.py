"""What a held paper is worth on a day."""
