"""Rules of electronic forms: what a form is, its small language, what an answer may be. Pure Python."""
