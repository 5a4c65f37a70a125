"""A world in which a procedure is filed online."""

import pytest

from motcua.filing.testing import Online, make_online


@pytest.fixture
def online(db: None, settings) -> Online:
    """One citizen, one commune, one procedure of toàn trình; files need no scanner here."""
    settings.UPLOAD_UNSCANNED = "accept"
    return make_online()
