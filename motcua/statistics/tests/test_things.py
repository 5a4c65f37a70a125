"""Figures whose rows are no dossiers: decisions, postings, offered procedures; forms II.01–II.05 and II.08 made of them."""

from datetime import date, timedelta

import pytest

from motcua.agencies.models import Agency, DatedSetting
from motcua.agencies.testing import make_agency
from motcua.dossiers.testing import SINCE, make_procedure, make_world, moment
from motcua.procedures.models import (
    LegalBasis,
    Offering,
    Posting,
    PostingPlace,
    Procedure,
    ProcedureVersion,
    PublicationChange,
    PublicationDecision,
)
from motcua.statistics.queries import Scope, build
from motcua.statistics.queries.reports_things import facts_of, things_of
from motcua.statistics.queries.things import Look, facts
from motcua.statistics.rules.figures import REGISTRY, value
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.publication import (
    Posted,
    is_central,
    issuing_agency,
    posted,
    published_in_time,
    removed_late,
)
from motcua.statistics.rules.reports import form_on
from motcua.statistics.rules.reports_procedures import PROCEDURE_FORMS
from motcua.statistics.rules.tables import UNKNOWN
from motcua.statistics.rules.things import THINGS, Subject

NOVEMBER = Window(date(2026, 11, 1), date(2026, 11, 30), "tháng 11 năm 2026")
DECEMBER = Window(date(2026, 12, 1), date(2026, 12, 31))
LATER = moment(days=90)


# Rules ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("issued", "effective", "days", "in_time"),
    [("2026-11-05", "2026-11-10", 5, True), ("2026-11-06", "2026-11-10", 5, False), ("2026-11-10", "2026-11-10", 5, False),
     ("2026-11-01", "2026-11-21", 20, True), ("2026-11-02", "2026-11-21", 20, False)],
)  # fmt: skip
def test_a_decision_is_issued_so_many_days_before_it_takes_effect(issued, effective, days, in_time) -> None:
    assert published_in_time(date.fromisoformat(issued), date.fromisoformat(effective), days) is in_time


@pytest.mark.parametrize(
    ("issuer", "central"),
    [
        ("Bộ Tư pháp", True),
        ("Bộ trưởng Bộ Y tế", True),
        ("Chủ tịch UBND tỉnh Lam Sơn", False),
        ("Bộ phận Một cửa", False),
    ],
)
def test_who_issues_is_told_by_the_name(issuer: str, central: bool) -> None:
    assert is_central(issuer) is central


@pytest.mark.parametrize(
    ("issuer", "agency"),
    [
        ("Chủ tịch UBND tỉnh Lam Sơn", "Ủy ban nhân dân tỉnh Lam Sơn"),
        ("Bộ trưởng Bộ Y tế", "Bộ Y tế"),
        ("UBND xã An Phú", "UBND  xã An Phú"),
    ],
)
def test_a_decision_is_of_the_agency_whose_head_issued_it(issuer: str, agency: str) -> None:
    assert issuing_agency(issuer) == issuing_agency(agency)


def test_a_posting_is_in_time_on_its_last_day_and_late_on_the_next() -> None:
    last = date(2026, 11, 9)
    said = [posted(last, on) for on in (last, last + timedelta(days=1), None)]
    assert said == [Posted.ON_TIME, Posted.LATE, Posted.MISSING]


def test_what_ended_may_hang_until_the_next_working_day_has_begun() -> None:
    def between(after: date, until: date) -> int:
        days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
        return sum(day.weekday() < 5 for day in days)

    friday, sunday, monday = date(2026, 11, 6), date(2026, 11, 8), date(2026, 11, 9)
    assert removed_late(friday, sunday, monday, between) is False
    assert removed_late(friday, monday, monday, between) is True
    assert removed_late(friday, None, sunday, between) is None
    assert removed_late(friday, None, monday, between) is True


def test_every_thing_is_in_the_registry_with_its_definition() -> None:
    for thing in THINGS:
        figure = REGISTRY[thing.key]
        assert (figure.subject, figure.words, figure.unit) == (thing.subject, thing.words, thing.unit)
        assert figure.subject is not Subject.DOSSIER
        assert figure.test is None


def test_what_was_not_counted_is_not_known_rather_than_nought() -> None:
    assert value("posting_on_time", {}) is None
    assert value("posting_on_time", {"posting_on_time": 0}) == 0
    assert value("posting_due", {}) is None
    assert value("resolved_before", {}) == 0


# The catalogue of a commune --------------------------------------------------------------------------------------------


@pytest.fixture
def world(db):
    """A commune with two procedures, a board and a web page; three decisions; one posting in time, one late, others missing.

    The first versions of all three procedures never hung: a debt of years at both places.
    """
    world = make_world(process=False)
    Agency.objects.filter(pk=world.province.pk).update(name="UBND tỉnh Lam Sơn")
    other = make_procedure("1.000002", world.commune, name="Đăng ký biến động đất đai")
    world.others["other"] = other
    world.board = place(world.commune, "board", "Bảng tin")
    world.web = place(world.commune, "web", "Trang xã")
    decide(
        "1/QĐ-UBND",
        date(2026, 11, 2),
        date(2026, 11, 9),
        [("amended", world.procedure, 2), ("amended", other, 2)],
    )
    decide("2/QĐ-UBND", date(2026, 11, 16), date(2026, 11, 18), [("amended", other, 3)])
    decide(
        "3/QĐ-BTP",
        date(2026, 11, 3),
        date(2026, 11, 20),
        [("repealed", make_procedure("1.000003", world.commune), 0)],
    )
    first = ProcedureVersion.objects.get(procedure=world.procedure, number=2)
    hang(world.board, first, moment(days=8), world.clerk)  # 10-11, within five working days of 9-11
    hang(world.web, first, moment(days=20), world.clerk)  # 22-11: late
    return world


def place(agency, kind: str, name: str) -> PostingPlace:
    return PostingPlace.objects.create(agency=agency, kind=kind, name=name, valid_from=SINCE)


def decide(number: str, issued: date, effective: date, items) -> PublicationDecision:
    issuer = "Bộ Tư pháp" if number.endswith("BTP") else "Chủ tịch UBND tỉnh Lam Sơn"
    made = PublicationDecision.objects.create(
        number=number, issued_on=issued, effective_on=effective, issuer=issuer
    )
    for kind, procedure, version in items:
        PublicationChange.objects.create(
            decision=made, procedure=procedure, kind=kind, version=_version(procedure, version, effective)
        )
    return made


def _version(procedure: Procedure, number: int, effective: date) -> ProcedureVersion | None:
    before = procedure.versions.order_by("-number").first()
    before.valid_to = effective - timedelta(days=1)
    before.save()
    if not number:
        return None
    made = ProcedureVersion.objects.create(
        procedure=procedure, number=number, status="published", valid_from=effective, name=before.name, field=before.field,
        online_level="full",
    )  # fmt: skip
    made.channels.create(channel="counter", amount=10, unit="working_day")
    return made


def hang(where: PostingPlace, version: ProcedureVersion, at, by, removed=None) -> Posting:
    return Posting.objects.create(
        place=where, version=version, posted_at=at, posted_by=by, removed_at=removed
    )


def table(world, code: str, window=NOVEMBER, at=LATER, *, agency=None, below=False):
    return build(form_on(code, window.end), Scope(agency or world.commune, below), window, at)


def row(report, label: str) -> dict[str, str]:
    line = next(line for line in report.all_lines if line.label == label)
    return {cell.column.key: cell.text for cell in report.cells(line) if cell.column.key}


def test_II_03_counts_decisions_and_postings_place_by_place(world) -> None:
    report = table(world, "ii-03")
    total = row(report, "Tổng cộng")
    assert (total["decisions_issued"], total["procedures_changed"]) == ("0", "4")  # the commune issues none
    whole = row(table(world, "ii-03", agency=world.province, below=True), "Tổng cộng")
    assert {key: whole[key] for key in ("decisions_issued", "decisions_on_time", "decisions_late", "decisions_on_time_rate")} == {
        "decisions_issued": "2", "decisions_on_time": "1", "decisions_late": "1", "decisions_on_time_rate": "50,00*",
    }  # fmt: skip
    board, web = row(report, "Bảng tin (bảng niêm yết)"), row(report, "Trang xã (trang thông tin điện tử)")
    wanted = {
        "posting_due": "6",  # the three first versions, owed from before; 2 and 2 and 3
        "posting_on_time": "1",
        "posting_late": "0",
        "posting_missing": "5",
        "posting_on_time_rate": "16,67*",
    }
    assert {key: board[key] for key in wanted} == wanted
    assert (web["posting_late"], web["posting_missing"], total["posting_due"]) == ("1", "5", "12")
    assert board["decisions_issued"] == "–"  # a place issues no decisions: not nought
    assert [c.text for c in report.cells(report.all_lines[-1])][-1] == UNKNOWN


def test_a_ministrys_decision_is_its_own_and_has_twenty_days(world) -> None:
    ministry = make_agency("Bộ Tư pháp", level="province")
    assert row(table(world, "ii-03", agency=ministry), "Tổng cộng")["decisions_late"] == "1"  # 17 days before
    DatedSetting.objects.create(agency=ministry, key="publication_lead_days_central", value=17, valid_from=SINCE, source="QĐ")  # fmt: skip
    assert row(table(world, "ii-03", agency=ministry), "Tổng cộng")["decisions_on_time"] == "1"


def test_II_02_counts_each_decision_once_in_the_total(world) -> None:
    LegalBasis.objects.create(
        version=ProcedureVersion.objects.get(procedure=world.procedure, number=2), number="9/2026/NĐ-CP", issued_on=date(2026, 11, 1)
    )  # fmt: skip
    total = row(table(world, "ii-02", agency=world.province, below=True), "Tổng cộng")
    assert (total["decisions_issued"], total["procedures_changed"], total["procedures_amended"]) == (
        "2",
        "4",
        "3",
    )
    assert (total["procedures_repealed"], total["documents_cited"]) == ("1", "1")
    assert row(table(world, "ii-02", DECEMBER), "Tổng cộng")["decisions_issued"] == "0"


def test_II_04_reckons_the_cut_over_all_procedures(world) -> None:
    Offering.objects.filter(procedure=world.procedure).update(reduced_amount=7, reduced_unit="working_day")
    total = row(table(world, "ii-04"), "Tổng cộng")
    # Two procedures of 10 days (80 hours) are left, one cut to 7 days: 24 of 160 hours.
    assert (total["offered"], total["offered_cut"]) == ("2", "1")
    assert (total["hours_statutory"], total["hours_reduced"], total["cut_rate"]) == (
        "160,00",
        "136,00",
        "15,00",
    )


def test_II_08_has_procedures_and_dossiers_side_by_side(world) -> None:
    report = table(world, "ii-08", agency=world.province, below=True)
    own = row(report, world.commune.name)
    assert (own["offered"], own["offered_whole"], own["offered_partial"], own["received_new"]) == (
        "2",
        "2",
        "0",
        "0",
    )
    assert row(report, world.police.name)["offered"] == "0"
    assert report.broken == ()


@pytest.mark.parametrize("form", PROCEDURE_FORMS, ids=lambda form: form.code)
def test_what_cannot_be_counted_says_why_and_is_never_nought(world, form) -> None:
    report = table(world, form.code)
    unknown = [leaf for leaf in form.leaves if leaf.reason]
    for line in report.all_lines:
        for cell in report.cells(line):
            assert (cell.text == UNKNOWN) == bool(cell.column.reason)
    said = " ".join(report.notes)
    assert all(leaf.reason in said for leaf in unknown)
    assert "chưa đối chiếu" in form.certainty.lower()


@pytest.mark.parametrize("code", ["ii-02", "ii-03", "ii-04", "ii-08"])
@pytest.mark.parametrize("below", [False, True])
def test_every_number_opens_to_rows_that_add_up_to_it(world, code: str, below: bool) -> None:
    agency = world.province if below else world.commune
    for window in (NOVEMBER, DECEMBER):
        report = table(world, code, window, agency=agency, below=below)
        look = Look(Scope(agency, below), window, LATER)
        for line in report.all_lines:
            for cell in report.cells(line):
                key = cell.column.key
                if (
                    not key
                    or REGISTRY[key].subject is Subject.DOSSIER
                    or REGISTRY[key].is_share
                    or cell.value is None
                ):
                    continue
                behind = facts_of(key, look, {k: v for k, v in line.groups.items() if k != "level"})
                assert sum(fact.weight for fact in behind) == cell.value * REGISTRY[key].per, (
                    line.label,
                    key,
                )


def test_a_closed_month_stays_as_it_was(world) -> None:
    before = table(world, "ii-03")
    hang(
        world.board,
        ProcedureVersion.objects.get(procedure=world.others["other"], number=3),
        moment(days=40),
        world.clerk,
    )
    Posting.objects.filter(place=world.web).update(removed_at=moment(days=41))
    after = table(world, "ii-03")
    assert [line.counts for line in before.all_lines] == [line.counts for line in after.all_lines]


def test_a_duty_that_has_not_ended_yet_is_not_missing(world) -> None:
    live = table(world, "ii-03", at=moment(days=9))  # 11-11: five working days from 9-11 end on 16-11
    total = row(live, "Tổng cộng")
    # Three owed for years, at two places.
    assert (total["posting_missing"], total["posting_due"]) == ("6", "6")
    owed = facts(["posting_missing"], Look(Scope(world.commune), NOVEMBER, moment(days=9)))
    assert {fact.on for fact in owed} == {date(2012, 1, 9)}  # the calendar begins in 2012
    assert live.live


def test_what_ended_must_come_down(world) -> None:
    old = ProcedureVersion.objects.get(procedure=world.procedure, number=1)
    hang(world.board, old, moment(days=-100), world.clerk, removed=moment(days=7, hours=1))  # Monday 9-11
    hang(world.web, old, moment(days=-100), world.clerk)
    total = row(table(world, "ii-03"), "Tổng cộng")
    assert (total["removal_on_time"], total["removal_late"]) == ("0", "2")
    Posting.objects.filter(place=world.board, version=old).update(removed_at=moment(days=6))  # Sunday
    total = row(table(world, "ii-03"), "Tổng cộng")
    assert (total["removal_on_time"], total["removal_late"]) == ("1", "1")


def test_at_the_root_decisions_on_what_nobody_offers_count_too(world) -> None:
    lone = Procedure.objects.create(code="9.000001")
    ProcedureVersion.objects.create(procedure=lone, number=1, status="published", valid_from=SINCE, name="Lẻ", field=world.procedure.versions.first().field)  # fmt: skip
    decide("4/QĐ-UBND", date(2026, 11, 3), date(2026, 11, 20), [("repealed", lone, 0)])
    whole = facts(
        things_of(form_on("ii-02", NOVEMBER.end)), Look(Scope(world.province, True), NOVEMBER, LATER)
    )
    own = facts(things_of(form_on("ii-02", NOVEMBER.end)), Look(Scope(world.commune), NOVEMBER, LATER))
    assert {f.name for f in whole} - {f.name for f in own} == {
        "1/QĐ-UBND", "2/QĐ-UBND", "4/QĐ-UBND", "9.000001",
    }  # fmt: skip
