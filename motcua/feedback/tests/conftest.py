"""The people that a feedback passes."""

import pytest

from motcua.feedback.testing import Hall, make_hall


@pytest.fixture
def hall(db: None) -> Hall:
    return make_hall()
