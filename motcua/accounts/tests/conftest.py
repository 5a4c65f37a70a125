from typing import Any

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_limits_left_over() -> None:
    """Limits on tries live in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture(autouse=True)
def _quick_hashes(settings: Any) -> None:
    """Argon2 is slow by design; these tests do not try its strength."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
