"""A real OpenID provider (allauth's own) that tests run as a second process: the national sign-on's stand-in."""
