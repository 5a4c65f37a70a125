"""An export outside any transaction sees the database as it was at one moment, and whoever writes does not wait for it."""

from pathlib import Path
from threading import Thread

import pytest
from django.db import connection

from motcua.dossiers.models import Dossier
from motcua.dossiers.testing import make_world, moment, receive
from motcua.statistics.output.lake_export import export
from motcua.statistics.queries.lake_places import one_moment

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_export_leaves_the_connection_as_it_was(tmp_path: Path) -> None:
    world = make_world()
    receive(world)
    assert export(tmp_path, as_of=moment(days=1)).rows("dossiers") == 1
    assert connection.get_autocommit()
    receive(world)
    assert export(tmp_path, as_of=moment(days=1)).rows("dossiers") == 2


def test_a_failed_export_too(tmp_path: Path) -> None:
    def broken() -> None:
        with one_moment():
            assert Dossier.objects.count() == 0
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    receive(make_world())
    assert Dossier.objects.count() == 1


def test_who_writes_meanwhile_neither_waits_nor_is_seen() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("a database in memory has one writer and no readers beside it")
    world = make_world()

    def write() -> None:
        receive(world)
        connection.close()

    with one_moment():
        assert Dossier.objects.count() == 0
        writer = Thread(target=write)
        writer.start()
        writer.join(timeout=60)
        assert not writer.is_alive()
        assert Dossier.objects.count() == 0
    assert Dossier.objects.count() == 1
