"""Reads of ratings and surveys."""

from motcua.surveys.queries.rights import rate_link, rate_token, rateable

__all__ = ["rate_link", "rate_token", "rateable"]
