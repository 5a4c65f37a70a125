"""Acts that only the citizen's site puts together from those of several apps; each in one transaction."""
