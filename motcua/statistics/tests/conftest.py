"""A commune with dossiers in many states, and a neighbour."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from motcua.agencies.testing import make_agency, make_office, make_user_with
from motcua.dossiers import actions
from motcua.dossiers.testing import (
    SINCE,
    World,
    in_review,
    make_intake,
    make_procedure,
    make_world,
    moment,
    ready,
    receive,
)
from motcua.procedures.models import Field, ProcedureVersion


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The town in a transaction that lasts as long as the file; each test rolls back to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_town()
        connection.check_constraints()  # once, not after each test
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def world(town: World, db: None) -> World:
    """The town as it was told."""
    return town


def make_town() -> World:
    """A commune of two fields with dossiers in many states, a neighbour with two dossiers."""
    world = make_world()
    land = make_procedure("1.000099", world.commune, name="Đăng ký biến động đất đai")
    ProcedureVersion.objects.filter(procedure=land).update(
        field=Field.objects.create(name="Đất đai"), online_level="full"
    )
    neighbour = make_agency("UBND xã Bình Yên", world.province, code="H40.13")
    world.procedure.offerings.create(agency=neighbour, valid_from=SINCE)
    office = make_office(neighbour)
    clerk = make_user_with("receptionist", neighbour)
    world.others = {"land": land, "neighbour": neighbour, "clerk": clerk}
    ready(world)
    in_review(world)
    receive(world, procedure=land, channel="online")
    refused = in_review(world)
    actions.refuse(refused.pk, reason="Không", legal_basis="Điều 1", actor=world.boss, at=moment(days=2))
    late = in_review(world)
    actions.refuse(late.pk, reason="Không", legal_basis="Điều 1", late_cause="partner", actor=world.boss, at=moment(days=15))  # fmt: skip
    stopped = in_review(world)
    actions.stop(stopped.pk, reason_code="citizen", actor=world.boss, at=moment(days=3))
    actions.submit(make_intake(world, channel="online"), actor=world.clerk, at=moment(days=20))
    for _ in range(2):
        actions.receive(make_intake(world, office_id=office.pk), actor=clerk, at=moment(days=1))
    return world
