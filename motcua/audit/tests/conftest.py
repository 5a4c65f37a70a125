"""The log by itself: without what the apps above have told it."""

import pytest

from motcua.audit.queries import registry


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    monkeypatch.setattr(registry, "_records", {})
    monkeypatch.setattr(registry, "_resolvers", [])
