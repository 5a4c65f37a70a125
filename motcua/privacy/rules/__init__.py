"""Rules of personal data: states of a request, what may be deleted, how long each class is kept."""
