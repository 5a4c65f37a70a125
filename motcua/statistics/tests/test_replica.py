"""Figures are read from the replica while it can be relied on; acts and everything else from the primary."""

import logging
import os
import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connections, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.utils import OperationalError
from django.urls import reverse

from motcua.agencies.models import Agency, Level
from motcua.agencies.testing import make_user_with
from motcua.audit.models import Event
from motcua.core.moments import now
from motcua.dossiers.models import Dossier
from motcua.dossiers.testing import make_world, moment, receive
from motcua.statistics import actions, replica
from motcua.statistics.models import KeptReport
from motcua.statistics.queries import Scope, count
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.reports import form_on

NOVEMBER = Window(date(2026, 11, 1), date(2026, 11, 30))
LATER = moment(days=60)
pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """One dossier, on the primary alone."""
    world = make_world()
    receive(world)
    return world


@pytest.fixture
def second(world, tmp_path, settings):
    """A database with the same agencies and the same log, and no dossier; reports are sent there."""
    settings.DATABASE_ROUTERS = ["motcua.statistics.replica.Router"]
    own = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "replica.sqlite3")}
    made = connections.configure_settings({"default": own})["default"]
    connection = DatabaseWrapper(made, alias=replica.ALIAS)
    connection.connect()  # before the alias is known: tests may not connect to any but the default later
    connections.databases[replica.ALIAS], connections[replica.ALIAS] = made, connection
    with connections[replica.ALIAS].schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
    with transaction.atomic(using=replica.ALIAS), connections[replica.ALIAS].constraint_checks_disabled():
        for model in (Level, Agency, Event):
            model.objects.using(replica.ALIAS).bulk_create(model.objects.using("default"))
    replica.forget()
    yield replica.ALIAS
    connections[replica.ALIAS].close()
    del connections[replica.ALIAS]
    del connections.databases[replica.ALIAS]
    replica.forget()


def received(world):
    found = count(Scope(world.commune), NOVEMBER, at=LATER, tests=("received_counter",))
    return sum(cell.counts["received_counter"] for cell in found.values())


def reporter(world):
    """Whoever makes and freezes reports."""
    return make_user_with("reform_officer", world.province, subtree=True)


def log_an_act(age):
    """An act of so long ago that the replica does not know."""
    last = Event.objects.using("default").order_by("-id").first()
    Event.objects.using("default").create(
        chain="dossier/0",
        seq=10_000,
        kind="x",
        at=now() - age,
        actor_label="",
        previous_hash="",
        hash=last.hash,
    )


def test_without_a_replica_everything_is_read_from_the_primary(world):
    assert replica.read(lambda: received(world)) == 1


def test_figures_are_read_from_the_replica_and_nothing_else_is(world, second):
    assert replica.read(lambda: received(world)) == 0
    assert received(world) == 1
    assert replica.read(lambda: Agency.objects.first()._state.db) == second
    assert Dossier.objects.get()._state.db == "default"


def test_what_comes_from_the_replica_is_written_to_the_primary(world, second):
    found = replica.read(lambda: Agency.objects.get(pk=world.commune.pk))
    found.name = "UBND xã đổi tên"
    found.save(update_fields=["name"])
    assert Agency.objects.using("default").get(pk=found.pk).name == "UBND xã đổi tên"
    assert Agency.objects.using(second).get(pk=found.pk).name != "UBND xã đổi tên"


@pytest.mark.parametrize("page", ["report", "dashboard", "opendata_month"])
def test_pages_of_figures_ask_the_replica(world, second, client, page, monkeypatch):
    asked = []
    work = replica.read
    monkeypatch.setattr(replica, "read", lambda job: asked.append(page) or work(job))
    client.force_login(reporter(world))
    month = f"{now() - timedelta(days=62):%Y-%m}"
    address = {
        "report": reverse("statistics:report", args=["ii-06a"]) + f"?agency={world.commune.pk}",
        "dashboard": reverse("statistics:dashboard") + f"?agency={world.commune.pk}",
        "opendata_month": reverse("statistics:opendata_month", args=[month]),
    }[page]
    assert client.get(address).status_code == 200
    assert asked == [page]


def test_a_report_is_frozen_from_the_primary(world, second, monkeypatch):
    monkeypatch.setattr(replica, "read", lambda job: pytest.fail("an act must not read the replica"))
    kept = actions.freeze(
        form_on("ii-06a", NOVEMBER.end), world.commune, NOVEMBER, actor=reporter(world), at=LATER
    )
    assert KeptReport.objects.get(pk=kept.pk)._state.db == "default"


def test_a_replica_that_is_behind_is_passed_over_and_the_log_says_so(world, second, settings, caplog):
    settings.REPLICA_LAG = 60
    log_an_act(timedelta(minutes=5))
    with caplog.at_level(logging.WARNING, "motcua.replica"):
        assert replica.read(lambda: received(world)) == 1
    assert "chậm 300 giây" in caplog.text
    settings.REPLICA_LAG = 600
    assert replica.read(lambda: received(world)) == 1, "what was seen is believed for some seconds"
    replica.forget()
    assert replica.read(lambda: received(world)) == 0


def test_an_act_of_just_now_does_not_make_it_late(world, second):
    log_an_act(timedelta(seconds=1))
    assert replica.read(lambda: received(world)) == 0


def test_a_replica_that_is_down_is_passed_over(world, second, monkeypatch, caplog):
    def down():
        raise OperationalError("connection refused")

    monkeypatch.setattr(connections[second], "cursor", down)
    with caplog.at_level(logging.WARNING, "motcua.replica"):
        assert replica.read(lambda: received(world)) == 1
    assert "bản sao không trả lời" in caplog.text


def test_a_replica_that_breaks_off_is_asked_no_more_and_the_work_is_done_again(world, second, caplog):
    calls = []

    def work():
        calls.append(replica._reading.get())
        if calls[-1] == second:
            raise OperationalError("terminating connection due to conflict with recovery")
        return received(world)

    with caplog.at_level(logging.WARNING, "motcua.replica"):
        assert replica.read(work) == 1
        assert replica.read(work) == 1
    assert calls == [second, "default", "default"]
    assert "giữa chừng" in caplog.text


def test_other_faults_are_not_hidden(world, second):
    with pytest.raises(ZeroDivisionError):
        replica.read(lambda: 1 // 0)
    assert replica._reading.get() == "default"


def test_nothing_is_migrated_there():
    router = replica.Router()
    assert (router.allow_migrate("default", "dossiers"), router.allow_migrate("replica", "dossiers")) == (
        True,
        False,
    )


def test_the_settings_make_a_read_only_alias(tmp_path):
    code = (
        "from motcua.config import settings as s; r = s.DATABASES['replica'];"
        "print(r['HOST'], r['OPTIONS']['options'], s.DATABASE_ROUTERS, s.REPLICA_LAG)"
    )
    own = {
        "DATABASE_REPLICA_URL": "postgresql://reader@db2/motcua",
        "MOTCUA_HOME": str(tmp_path),
        "MOTCUA_REPLICA_LAG": "5",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | own, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [
        "db2", "-c", "jit=off", "-c", "default_transaction_read_only=on", "['motcua.statistics.replica.Router']", "5"
    ]  # fmt: skip
