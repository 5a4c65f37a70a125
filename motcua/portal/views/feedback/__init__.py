"""Phản ánh, kiến nghị on the citizen's site: sending, following, reading what was answered. No account, no JavaScript."""
