"""A small province: one commune with a division, another commune, and people of each kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
import time_machine

from motcua.accounts.models import User
from motcua.agencies.models import Agency, OneStopOffice
from motcua.agencies.testing import make_agency, make_office, make_system_user, make_user, make_user_with
from motcua.audit.models import Event

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DAY = date(2026, 11, 23)


@dataclass
class World:
    """The cast: `chief` administers the province, `local` one commune, `clerk` receives there, `nobody`
    holds no post.
    """

    province: Agency
    commune: Agency
    division: Agency
    other: Agency
    office: OneStopOffice
    system: User
    chief: User
    local: User
    clerk: User
    leader: User
    stranger: User
    nobody: User


def told(chain: str) -> list[str]:
    """What the log of a record tells, in order."""
    return list(Event.objects.filter(chain=chain).order_by("seq").values_list("kind", flat=True))


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    """The clock stands at AT."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def world(db: None) -> World:
    province = make_agency("UBND tỉnh Lam Sơn", level="province", code="H40")
    commune = make_agency("UBND xã An Phú", province, code="H40.12")
    division = make_agency("Phòng Văn hóa - Xã hội", commune, kind="division")
    other = make_agency("UBND xã Bình Minh", province, code="H40.13")
    return World(
        province=province,
        commune=commune,
        division=division,
        other=other,
        office=make_office(commune),
        system=make_system_user(),
        chief=make_user_with(
            "administrator", province, username="chief", full_name="Đỗ Quang Trí", subtree=True
        ),
        local=make_user_with(
            "agency_administrator", commune, username="local", full_name="Lê Thị Hòa", subtree=True
        ),
        clerk=make_user_with("receptionist", commune, username="clerk", full_name="Nguyễn Văn An"),
        leader=make_user_with("leader", commune, username="leader", full_name="Trần Thị Lan"),
        stranger=make_user_with("receptionist", other, username="stranger", full_name="Phạm Văn Dũng"),
        nobody=make_user("nobody", "Vũ Thị Mai"),
    )
