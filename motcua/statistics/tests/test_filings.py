"""What was sent online, alone or with help: counted when it was sent, openable, the same for ever."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from motcua.accounts.actions import start_assistance
from motcua.dossiers import actions as dossiers
from motcua.dossiers.testing import moment
from motcua.filing.models import Application
from motcua.filing.testing import Online, make_online
from motcua.statistics.queries import Scope, build
from motcua.statistics.queries.reports_things import facts_of
from motcua.statistics.queries.things import Look
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.reports import form_on

NOVEMBER, DECEMBER = (
    Window(date(2026, month, 1), date(2026, month, 30), f"tháng {month}") for month in (11, 12)
)
LATER = moment(days=90)
KEYS = ("filed_online", "filed_alone", "filed_with_help", "filed_with_help_rate")


@pytest.fixture
def online(db: None, settings) -> Online:
    """Two sent alone (one is not accepted), one with the help of a clerk; one more in December, and a draft."""
    settings.UPLOAD_UNSCANNED = "accept"
    online = make_online()
    visit = start_assistance(
        full_name="Nguyễn Thị Na", identity_number="001099000001", phone="0900000001", consent="Đồng ý", checked_card=False,
        actor=online.world.clerk, at=moment(),
    )  # fmt: skip
    online.sent(at=moment())
    refused, _ = online.sent(at=moment(days=1))
    helped, _ = online.sent(at=moment(days=1, hours=1))
    Application.objects.filter(pk=helped.pk).update(assistance=visit)
    dossiers.decline(
        refused.dossier_id, reason="Không thuộc thẩm quyền", legal_basis="NĐ 1", actor=online.world.clerk, at=moment(days=2)
    )  # fmt: skip
    online.sent(at=moment(datetime(2026, 12, 1, 8, 0)))
    online.begin(at=moment(days=31))
    return online


def told(online: Online, window: Window, *, at: datetime = LATER, below: bool = False) -> list[str]:
    """The figures of the whole, as they are read."""
    agency = online.world.province if below else online.world.commune
    report = build(
        form_on("nop-truc-tuyen", window.end), Scope(agency, below), window, at, period="x", basis="calendar"
    )
    found = {cell.column.key: cell.text for cell in report.cells(report.all_lines[-1])}
    return [found[key] for key in KEYS]


def test_what_was_sent_in_the_window_is_counted_whoever_received_it(online: Online) -> None:
    assert told(online, NOVEMBER) == ["3", "2", "1", "33,33*"]
    assert told(online, NOVEMBER, below=True) == told(online, NOVEMBER)
    assert told(online, DECEMBER) == ["1", "1", "0", "0,00*"]
    assert told(online, NOVEMBER, at=moment(hours=12)) == ["1", "1", "0", "0,00*"]


def test_each_number_opens_to_its_filings_and_names_nobody(online: Online) -> None:
    look = Look(Scope(online.world.commune), NOVEMBER, LATER)
    [helped] = facts_of("filed_with_help", look, {"agency": online.world.commune.pk})
    assert len(facts_of("filed_online", look, {"agency": online.world.commune.pk})) == 3
    client = Client()
    client.force_login(online.world.boss)
    query = {"agency": online.world.commune.pk, "period": "2026-11", "basis": "calendar"}
    page = client.get(
        reverse("statistics:things", args=["nop-truc-tuyen", "filed_with_help"]), query
    ).content.decode()
    assert helped.name in page
    assert reverse("dossiers:dossier", args=helped.address[1]) in page
    assert "Nguyễn Thị Na" not in page
    assert "Tiếp Nhận" not in page
