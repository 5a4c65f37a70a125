"""An export reads from the replica where there is one, and stands to a moment of which that surely knows all."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from motcua.audit.models import Event
from motcua.dossiers.testing import moment
from motcua.statistics.queries.lake import Lake
from motcua.statistics.tests.test_replica import second, world  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
NOW = moment(days=90)


def run(folder: Path) -> Lake:
    with time_machine.travel(NOW, tick=False):
        call_command("lake", "export", str(folder), stdout=StringIO())
    return Lake.at(folder)


@pytest.mark.usefixtures("second")
def test_the_replica_is_read_and_the_log_is_written_on_the_primary(tmp_path: Path, settings: Any) -> None:
    lake = run(tmp_path / "kho")
    assert lake.manifest.rows("dossiers") == 0  # the dossier is on the primary alone
    assert lake.manifest.as_of == NOW - timedelta(seconds=settings.REPLICA_LAG)
    assert Event.objects.using("default").filter(kind="lake.exported").exists()


@pytest.mark.usefixtures("world")
def test_without_a_replica_the_primary_is_read(tmp_path: Path) -> None:
    lake = run(tmp_path / "kho")
    assert (lake.manifest.rows("dossiers"), lake.manifest.as_of) == (1, NOW)
