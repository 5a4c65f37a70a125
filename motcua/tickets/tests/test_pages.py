"""The page of an office's queue: figures of a day, lines kept by who administers, addresses for machines."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.agencies.testing import make_user_with
from motcua.dossiers.testing import receive
from motcua.procedures.models import Field
from motcua.tickets import actions
from motcua.tickets.models import QueueLine
from motcua.tickets.queries.figures import figures
from motcua.tickets.queries.today import today_of
from motcua.tickets.testing import call, later, take

DAY = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(later(60), tick=False):
        yield


def page(name: str, pk: int) -> str:
    return reverse(f"tickets:{name}", args=[pk])


def test_the_figures_of_a_day_by_line_and_by_desk(world, line, other):
    for minute in range(4):
        take(line, minute)
    take(other, 4)
    before = None
    for minute in (10, 12, 14):  # waits of 10, 11, 12 minutes
        before = call(world, line, minutes=minute, after=before)
    actions.link_dossier(before.pk, receive(world, at=later(15)), actor=world.clerk, at=later(15))
    elsewhere = make_user_with("receptionist", world.commune, full_name="Cán Bộ Hai")
    actions.mark_absent(call(world, other, minutes=20, actor=elsewhere).pk, actor=elsewhere, at=later(21))
    found = figures(world.office, DAY)
    whole = found.whole
    assert (whole.taken, whole.waiting, whole.ended, whole.absent, whole.with_dossier) == (5, 1, 2, 1, 1)
    assert [(one.name, one.p50, one.p90) for one in found.lines] == [
        ("A – Tư pháp – hộ tịch", 11, 12),
        ("B – Đất đai", 16, 16),
    ]
    assert [(one.name, one.taken) for one in found.desks] == [
        ("Quầy 1 – Cán Bộ Hai", 1),
        ("Quầy 1 – Trần Thị Tiếp Nhận", 3),
    ]
    assert figures(world.office, DAY - timedelta(days=1)).whole.p50 is None


def test_one_statement_however_many_came(world, line):
    take(line)
    with CaptureQueriesContext(connection) as seen:
        figures(world.office, DAY)
    for minute in range(5):
        take(line, minute)
    call(world, line, minutes=9)
    with CaptureQueriesContext(connection) as more:
        figures(world.office, DAY)
    assert len(seen) == len(more) == 1


def test_who_reads_reports_sees_the_day_but_not_the_kiosks_address(client, world, line):
    take(line)
    call(world, line, minutes=7)
    client.force_login(world.boss)
    assert page("office", world.office.pk) in client.get(reverse("tickets:offices")).content.decode()
    body = client.get(page("office", world.office.pk)).content.decode()
    assert "7 phút" in body
    assert "may=" not in body
    assert "Hàng chờ mới" not in body
    assert (
        "Không có số nào"
        in client.get(page("office", world.office.pk), {"ngay": "01/11/2026"}).content.decode()
    )
    for wrong in ("hôm qua", "99/99/2026"):
        assert client.get(page("office", world.office.pk), {"ngay": wrong}).status_code == 200


def test_who_administers_makes_a_machine_give_numbers(client, world, line):
    client.force_login(world.admin)
    body = client.get(page("office", world.office.pk)).content.decode()
    address = body.split('href="')
    [kiosk] = [part.split('"')[0] for part in address if "may=" in part]
    machine = Client()
    machine.cookies["ki-ot"] = client.get(kiosk).cookies["ki-ot"].value
    start = machine.get(reverse("portal:queue", args=[world.office.pk])).content.decode()
    assert "Tư pháp – hộ tịch" in start


def test_lines_are_opened_corrected_and_ended_by_screen(client, world):
    client.force_login(world.admin)
    field = Field.objects.get(name="Hộ tịch")
    new = page("line_new", world.office.pk)
    typed = {
        "name": "Hộ tịch",
        "letters": "h",
        "position": 1,
        "valid_from": "02/11/2026",
        "fields_": [field.pk],
    }
    assert "Ký hiệu" in client.get(new).content.decode()
    assert client.post(new, typed).status_code == 302
    line = QueueLine.objects.get()
    assert (line.prefix, line.fields.get()) == ("H", field)
    again = client.post(new, typed)
    assert again.status_code == 422
    assert "đang dùng" in again.content.decode()
    assert client.post(new, typed | {"letters": "1"}).status_code == 422
    assert client.post(new, typed | {"name": ""}).status_code == 422
    assert 'value="Hộ tịch"' in client.get(page("line", line.pk)).content.decode()
    assert client.post(page("line", line.pk), {"name": " ", "position": 2}).status_code == 422
    assert client.post(page("line", line.pk), {"name": "Tư pháp", "position": 2}).status_code == 302
    line.refresh_from_db()
    assert (line.name, line.position, line.fields.count()) == ("Tư pháp", 2, 0)
    assert client.post(page("line_end", line.pk), {"last_day": "01/11/2026"}).status_code == 422
    assert client.post(page("line_end", line.pk), {"last_day": "02/11/2026"}).status_code == 302
    line.refresh_from_db()
    assert line.valid_to == DAY


def test_nobody_else_keeps_lines(client, world, line):
    for user in (world.clerk, world.boss):
        client.force_login(user)
        for name, pk in (("line_new", world.office.pk), ("line", line.pk), ("line_end", line.pk)):
            assert client.post(page(name, pk), {"name": "x"}).status_code == 404
    assert client.get(page("line", 0)).status_code == 404


def test_lines_whose_desk_serves_both_wait_in_one_order(world, line, other):
    for minute in range(12):
        take(line if minute % 2 else other, minute)
    last = take(line, 13)
    before = None
    for minute in range(6):
        before = call(world, line, other, minutes=20 + 2 * minute, after=before)
    today = today_of(world.office, later(32))
    assert today.before(last.pk, line.pk) == 6  # those of the other line too
    assert today.expected(line.pk, 6) == 14
    assert today.before(before.pk, line.pk) == 0  # called meanwhile
