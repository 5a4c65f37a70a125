"""Reports that are frozen, signed, sent and amended: their figures never change, and every step is in the log."""

from collections import Counter
from dataclasses import replace
from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.agencies.queries import authority_of
from motcua.agencies.testing import make_agency, make_user_with
from motcua.audit.models import Event
from motcua.audit.queries import verify
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.dossiers import actions as dossiers
from motcua.dossiers.testing import in_review, make_world, moment, ready
from motcua.statistics import actions, triggers
from motcua.statistics.models import KeptReport
from motcua.statistics.queries.keeping import access_kept, kept_reports, numbers_of, reporting
from motcua.statistics.queries.reports import build
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.rules import keeping
from motcua.statistics.rules.periods import Basis, parse
from motcua.statistics.rules.reports import form_on
from motcua.statistics.rules.tables import Kind, Line

NOVEMBER = parse("2026-11", Basis.CALENDAR).window
AFTER = moment(days=35)


@pytest.fixture
def world(db):
    world = make_world()
    world.keeper = make_user_with("reform_officer", world.commune)
    ready(world)
    in_review(world)
    return world


def form():
    return form_on("ii-06a", NOVEMBER.end)


def frozen(world, at=AFTER) -> KeptReport:
    return actions.freeze(
        form(), world.commune, NOVEMBER, period="2026-11", basis="calendar", actor=world.keeper, at=at
    )


def told(report) -> list[str]:
    return list(
        Event.objects.filter(chain=f"report/{report.pk}").order_by("seq").values_list("kind", flat=True)
    )


def test_a_frozen_report_is_the_report_as_it_stood_cell_by_cell(world):
    report = frozen(world)
    live = build(form(), Scope(world.commune), NOVEMBER, AFTER, period="2026-11", basis="calendar")
    kept = keeping.load(KeptReport.objects.get().content)
    assert keeping.differences(live, kept) == []
    assert (kept.form, kept.lines, kept.total, kept.notes) == (live.form, live.lines, live.total, live.notes)
    assert (report.state, report.number, told(report)) == ("frozen", 1, ["report.frozen"])


def test_it_is_frozen_once_its_period_is_over_and_only_once(world):
    with pytest.raises(RuleViolation, match="30-11-2026 mới kết thúc"):
        frozen(world, at=moment(days=28))
    frozen(world)
    with pytest.raises(RuleViolation, match="đã chốt"):
        frozen(world)
    assert KeptReport.objects.count() == 1


def test_a_leader_signs_and_then_it_is_sent_upward(world):
    report = frozen(world)
    with pytest.raises(RuleViolation, match="đã ký và chưa gửi"):
        actions.send(report.pk, actor=world.keeper, at=AFTER)
    actions.sign(report.pk, actor=world.boss, at=AFTER)
    with pytest.raises(RuleViolation, match="đã ký"):
        actions.sign(report.pk, actor=world.boss, at=AFTER)
    above = authority_of(make_user_with("reform_officer", world.province), legal_date(AFTER))
    assert not kept_reports(above).exists()
    actions.send(report.pk, actor=world.keeper, at=AFTER)
    assert told(report) == ["report.frozen", "report.signed", "report.sent"]
    assert access_kept(above, report.pk).state == "sent"


@pytest.mark.parametrize(
    ("act", "role"),
    [("freeze", "leader"), ("sign", "reform_officer"), ("send", "leader"), ("amend", "officer")],
)
def test_each_step_is_for_whom_it_is(world, act, role):
    person = make_user_with(role, world.commune)
    report = frozen(world)
    KeptReport.objects.filter(pk=report.pk).update(state="signed" if act == "send" else "frozen")
    more = {"reason": "x"} if act == "amend" else {}
    wanted = (form(), world.commune, parse("2026-10").window) if act == "freeze" else (report.pk,)
    with pytest.raises(NotFound):
        getattr(actions, act)(*wanted, actor=person, at=AFTER, **more)


def test_nobody_of_another_commune_sees_it(world):
    report = frozen(world)
    other = make_agency("UBND xã Khác", world.province, code="H40.31")
    stranger = make_user_with("reform_officer", other)
    with pytest.raises(NotFound):
        access_kept(authority_of(stranger, legal_date(AFTER)), report.pk)
    with pytest.raises(NotFound):
        actions.amend(report.pk, reason="x", actor=stranger, at=AFTER)


def test_what_happens_later_changes_neither_the_frozen_figures_nor_what_a_recount_gives(world):
    report = frozen(world)
    late = world.commune and in_review(world, at=moment(days=36))
    dossiers.refuse(late.pk, reason="Không", legal_basis="Điều 1", actor=world.boss, at=moment(days=37))
    with pytest.raises(RuleViolation, match="không có số nào khác"):
        actions.amend(report.pk, reason="Thử", actor=world.keeper, at=moment(days=40))
    assert KeptReport.objects.count() == 1


def test_an_amendment_is_a_further_number_with_its_reason_and_both_stay(world, monkeypatch):
    report = amendable(world)
    content = broken(report)
    with pytest.raises(RuleViolation, match="lý do"):
        actions.amend(report.pk, reason=" ", actor=world.keeper, at=AFTER)
    new = actions.amend(report.pk, reason="Cộng sai", actor=world.keeper, at=AFTER)
    assert (new.number, new.reason, new.state, told(new)) == (2, "Cộng sai", "frozen", ["report.amended"])
    changed = keeping.differences(keeping.load(content), keeping.load(new.content))
    assert [(d.row, d.before, d.after) for d in changed if "Trực tiếp" in d.column] == [
        ("Tổng cộng", "9", "2")
    ]
    assert numbers_of(new) == [report, new]
    with pytest.raises(RuleViolation, match="đã được điều chỉnh"):
        actions.amend(report.pk, reason="x", actor=world.keeper, at=AFTER)


def test_what_an_amendment_has_replaced_is_neither_signed_nor_sent(world):
    first = amendable(world)
    second = actions.amend(first.pk, reason="Cộng sai", actor=world.keeper, at=AFTER)
    with pytest.raises(RuleViolation, match="Mở lần chốt mới nhất rồi ký ở đó"):
        actions.sign(first.pk, actor=world.boss, at=AFTER)
    actions.sign(second.pk, actor=world.boss, at=AFTER)
    triggers_off(KeptReport.objects.filter(pk=second.pk), content=broken(second))
    third = actions.amend(second.pk, reason="Vẫn sai", actor=world.keeper, at=AFTER)
    with pytest.raises(RuleViolation, match="Mở lần chốt mới nhất rồi gửi ở đó"):
        actions.send(second.pk, actor=world.keeper, at=AFTER)
    states = dict(KeptReport.objects.values_list("number", "state"))
    assert states == {1: "frozen", 2: "signed", 3: "frozen"}
    actions.sign(third.pk, actor=world.boss, at=AFTER)
    assert actions.send(third.pk, actor=world.keeper, at=AFTER).state == "sent"


def amendable(world) -> KeptReport:
    """Frozen with a figure that a recount gives differently."""
    report = frozen(world)
    triggers_off(KeptReport.objects.filter(pk=report.pk), content=broken(report))
    return report


def broken(report) -> dict:
    return {**report.content, "total": {**report.content["total"], "received_counter": 9}}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("act", "words"), [("freeze", "đã chốt"), ("amend", "đã được điều chỉnh")])
def test_of_two_at_the_same_moment_one_keeps_it_and_the_other_is_told(act, words):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite writes one after the other anyway")
    world = make_world()
    world.keeper = make_user_with("reform_officer", world.commune)
    ready(world)
    in_review(world)
    old = amendable(world) if act == "amend" else None
    start, made, wrong = Barrier(2), [], []

    def press() -> None:
        try:
            start.wait(timeout=20)
            again = old and actions.amend(old.pk, reason="Cộng sai", actor=world.keeper, at=AFTER)
            made.append(again or frozen(world))
        except Exception as error:  # told to the test below
            wrong.append(error)
        finally:
            connection.close()

    threads = [Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert [type(error) for error in wrong] == [RuleViolation]
    assert words in str(wrong[0])
    assert KeptReport.objects.count() == (2 if old else 1)
    assert len(made) == 1


def triggers_off(rows, **changes) -> None:
    """Change what the database guards, as somebody with its keys could."""
    names = [f"{triggers.TABLE}_fixed", f"{triggers.TABLE}_no_delete"]
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(
                f"DROP TRIGGER {name}"
                + (f" ON {triggers.TABLE}" if connection.vendor == "postgresql" else "")
            )
    rows.update(**changes)
    triggers.install(connection)


@pytest.mark.parametrize(
    "change",
    [{"content": {}}, {"number": 3}, {"end": date(2027, 1, 1)}, {"reason": "x"}, {"frozen_at": moment()}],
    ids=lambda c: next(iter(c)),
)
def test_the_database_refuses_to_change_or_delete_it(world, change):
    frozen(world)
    with pytest.raises(DatabaseError), transaction.atomic():
        KeptReport.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        KeptReport.objects.all().delete()
    assert verify().is_whole


def test_verification_names_a_report_whose_figures_were_changed(world):
    report = frozen(world)
    triggers_off(KeptReport.objects.filter(pk=report.pk), content={**report.content, "agency": "khác"})
    assert [found.code for found in verify().breaks] == ["report"]


def test_the_agency_above_sees_who_has_reported_and_who_is_late(world):
    other = make_agency("UBND xã Khác", world.province, code="H40.31")
    report = frozen(world)
    actions.sign(report.pk, actor=world.boss, at=AFTER)
    actions.send(report.pk, actor=world.keeper, at=AFTER)
    lines = {line.agency: line for line in reporting(world.province, "ii-06a", NOVEMBER, date(2026, 12, 15))}
    assert set(lines) == {world.commune, other, world.police}
    assert (lines[world.commune].is_missing, lines[world.commune].days_late) == (False, 2)
    assert (lines[other].is_missing, lines[other].days_late, lines[other].due_on) == (
        True,
        10,
        date(2026, 12, 5),
    )


def test_hours_kept_in_minutes_are_read_as_the_hours_that_they_were(world):
    """Reports frozen before hours were added up in finer parts: every cell stays as it was, and as it was hashed."""
    counts = {"hours_statutory": 9600, "hours_reduced": 8160, "hours_cut": 1440, "offered_cut": 1}
    now = build(form_on("ii-04", NOVEMBER.end), Scope(world.commune), NOVEMBER, AFTER)
    old = keeping.dump(
        replace(now, lines=(Line(Kind.ROW, "1", "Hộ tịch", Counter(counts)),), total=Counter(counts))
    )
    del old["parts_an_hour"]
    table = keeping.load(old)
    for line in table.all_lines:
        shown = {cell.column.key: cell.text for cell in table.cells(line)}
        assert (shown["hours_statutory"], shown["hours_reduced"], shown["cut_rate"]) == (
            "160,00",
            "136,00",
            "15,00",
        )
        assert shown["offered_cut"] == "1"
    assert keeping.differences(table, keeping.load(keeping.dump(table))) == []
