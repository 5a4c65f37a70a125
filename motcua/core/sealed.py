"""Secrets shared with partners, sealed with the installation's key: a copy of the database alone opens none."""

import base64
import hashlib
import hmac
import os
import re

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class Safe:
    """The secrets of one purpose. `named`: which environment variables a page may name instead of a kept secret, so that no
    other secret of the process leaves through a partner.
    """

    def __init__(self, purpose: str, named: str) -> None:
        self.purpose, self.named = purpose, re.compile(named)

    def seal(self, secret: str) -> str:
        """A secret as the database keeps it; only this installation's key opens it."""
        return self._box().encrypt(secret.encode()).decode()

    def open(self, sealed: str, variable: str = "") -> str:
        """The secret, from the variable where one is named; empty when there is none, or when it was sealed with another key."""
        if variable:
            return os.environ.get(variable, "") if self.may_name(variable) else ""
        try:
            return self._box().decrypt(sealed.encode()).decode() if sealed else ""
        except InvalidToken:
            return ""

    def may_name(self, variable: str) -> bool:
        """Whether a page may name this environment variable."""
        return bool(self.named.fullmatch(variable))

    def _box(self) -> Fernet:
        key = hmac.new(settings.SECRET_KEY.encode(), f"motcua.{self.purpose}.secret".encode(), hashlib.sha256)
        return Fernet(base64.urlsafe_b64encode(key.digest()))
