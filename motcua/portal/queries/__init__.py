"""What the citizen's site shows, put in plain words. No table of its own, no personal data."""
