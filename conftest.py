"""What every test of Một Cửa stands on: data in a temporary folder, and a log that lets itself be flushed."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def home() -> Iterator[Path]:
    """MOTCUA_HOME of the tests: keys and files are made here and removed afterwards."""
    from django.conf import settings

    from motcua.audit.testing import lift_triggers_for_flush

    lift_triggers_for_flush()
    before, settings.HOME = settings.HOME, Path(tempfile.mkdtemp(prefix="motcua-test-"))
    yield settings.HOME
    shutil.rmtree(settings.HOME, ignore_errors=True)
    settings.HOME = before
