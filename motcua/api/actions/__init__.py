"""Acts of other programmes and on their keys."""

from motcua.api.actions.keys import create_key, end_key
from motcua.api.actions.open311 import post_request

__all__ = ["create_key", "end_key", "post_request"]
