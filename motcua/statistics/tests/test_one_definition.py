"""Form II.03 and the index of Decision 766 count decisions and postings alike: worlds drawn by a seed, every scope and window.

So do form II.04 and the catalogue's page of time cuts.
"""

from datetime import date, datetime, timedelta
from random import Random

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.agencies.models import Agency, DatedSetting
from motcua.agencies.testing import make_agency
from motcua.core.percent import text
from motcua.dossiers.testing import SINCE, World, make_procedure, make_world, moment
from motcua.procedures.models import (
    ChannelRule,
    Posting,
    PostingPlace,
    Procedure,
    ProcedureVersion,
    PublicationChange,
    PublicationDecision,
)
from motcua.procedures.queries.cuts import cut_table
from motcua.statistics.queries import Scope, build
from motcua.statistics.queries.index766 import counted
from motcua.statistics.queries.things import Look, facts
from motcua.statistics.rules.figures import number, value
from motcua.statistics.rules.index766 import Ratio
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.reports import form_on
from motcua.statistics.tests.index766 import DECEMBER, LATER, NOVEMBER, OCTOBER, decide, put_up

FIRST = date(2026, 9, 1)
PAIRS = {
    "decisions_on_time": ("decisions_on_time", "decisions_issued"),  # component 1.1
    "postings_on_time": ("posting_on_time", "posting_due"),  # component 1.2
}
ISSUERS = (
    "Chủ tịch UBND tỉnh Lam Sơn",
    "Ủy ban nhân dân tỉnh Lam Sơn",
    "UBND xã An Phú",
    "Bộ trưởng Bộ Tư pháp",
    "UBND huyện Lạ",
)
MOMENTS = (LATER, moment(days=9), moment(days=17, hours=2))


def day_in(draw: Random, days: int = 110) -> date:
    return FIRST + timedelta(days=draw.randrange(days))


def drawn(draw: Random) -> World:
    """Agencies with places, procedures in one to three versions, decisions on some of them, postings of half, own settings."""
    world = make_world(process=False)
    Agency.objects.filter(pk=world.province.pk).update(name="UBND tỉnh Lam Sơn")
    world.province.refresh_from_db()
    other = make_agency("UBND xã Bình Yên", world.province)
    ministry = make_agency("Bộ Tư pháp", world.province)
    agencies = [world.commune, world.division, world.police, world.province, other, ministry]
    for index in range(8):
        kind = Procedure.Kind.INTERNAL if index == 7 else Procedure.Kind.PUBLIC
        procedure = make_procedure(f"3.00000{index}", draw.choice(agencies))
        Procedure.objects.filter(pk=procedure.pk).update(kind=kind)
        if draw.random() < 0.4:
            first = day_in(draw)
            last = draw.choice([None, first + timedelta(days=30)])
            procedure.offerings.create(agency=draw.choice(agencies), valid_from=first, valid_to=last)
        renew(draw, procedure)
    for agency in (world.commune, world.commune, world.police, other):
        ends = draw.choice([None, None, day_in(draw)])
        put_up(world, agency, since=draw.choice([SINCE, day_in(draw, 60)]), until=ends)
    for version in ProcedureVersion.objects.order_by("pk"):  # the draw must not hang on an engine's own order
        for place in PostingPlace.objects.order_by("pk"):
            if draw.random() < 0.5:
                on = moment(days=(day_in(draw) - date(2026, 11, 2)).days)
                Posting.objects.create(place=place, version=version, posted_at=on, posted_by=world.head)
    for index in range(16):
        issued_on = day_in(draw)
        effective_on = issued_on + timedelta(days=draw.choice([0, 4, 5, 10, 19, 20, 40]))
        decide(f"{index}/QĐ", issued_on, effective_on, draw.choice(ISSUERS))
    change_settings(draw, [None, world.province, world.commune, ministry])
    return world


def renew(draw: Random, procedure: Procedure) -> None:
    """Up to two further versions, each by a decision, some of which were received on a day and some of which name nothing."""
    begins = day_in(draw, 50)
    for number_ in range(2, draw.randrange(2, 5)):
        before = procedure.versions.order_by("-number").first()
        before.valid_to = begins - timedelta(days=1)
        before.save()
        version = ProcedureVersion.objects.create(
            procedure=procedure, number=number_, status="published", valid_from=begins, name=before.name, field=before.field
        )  # fmt: skip
        issued_on = begins - timedelta(days=draw.choice([0, 3, 4, 5, 17, 20, 25]))
        received_on = draw.choice([None, issued_on + timedelta(days=draw.randrange(12))])
        decision = PublicationDecision.objects.create(
            number=f"{procedure.pk}-{number_}/QĐ", issued_on=issued_on, effective_on=begins, issuer=draw.choice(ISSUERS),
            received_on=received_on,
        )  # fmt: skip
        for changed in [version, None][: draw.randrange(3)]:
            PublicationChange.objects.create(
                decision=decision, procedure=procedure, kind="amended", version=changed
            )
        begins += timedelta(days=draw.randrange(5, 50))


def change_settings(draw: Random, agencies: list[Agency | None]) -> None:
    for key in ("posting_days", "publication_lead_days", "publication_lead_days_central"):
        for agency in agencies:
            if draw.random() < 0.3:
                DatedSetting.objects.create(
                    agency=agency, key=key, value=draw.randrange(1, 18), valid_from=day_in(draw), source="QĐ"
                )


def of_form(counts) -> dict[str, Ratio]:
    return {
        key: Ratio(number(part, counts) or 0, number(whole, counts) or 0)
        for key, (part, whole) in PAIRS.items()
    }


def compared(scope: Scope, window: Window, at: datetime) -> dict[str, Ratio]:
    """The ratios of form II.03, after they were found equal to the index: in the whole and for every agency."""
    report, index = build(form_on("ii-03", window.end), scope, window, at), counted(scope, window, at)
    whole = of_form(report.total)
    assert whole == {key: index.ratio(key) or Ratio() for key in PAIRS}
    sections = {
        line.groups["agency"]: of_form(line.counts) for line in report.lines if "place" not in line.groups
    }
    for house, ratios in index.by_house.items():
        expected = {key: ratios.get(key, Ratio()) for key in PAIRS}
        assert sections.get(house, dict.fromkeys(PAIRS, Ratio())) == expected
    return whole


def met_in(world: World) -> dict[str, Ratio]:
    """The sum of all ratios of a world, each found equal in both."""
    met = {key: Ratio() for key in PAIRS}
    for scope in (
        Scope(world.province, below=True),
        Scope(world.province),
        Scope(world.commune),
        Scope(world.police),
    ):
        for window in (OCTOBER, NOVEMBER, DECEMBER):
            for at in MOMENTS:
                if window.start <= at.date():
                    for key, ratio in compared(scope, window, at).items():
                        met[key] += ratio
    return met


def test_form_II_03_and_the_index_have_the_same_numerators_and_denominators(db) -> None:
    met = {key: Ratio() for key in PAIRS}
    for seed in range(4):
        with transaction.atomic():
            for key, ratio in met_in(drawn(Random(seed))).items():
                met[key] += ratio
            transaction.set_rollback(True)
    assert all(0 < ratio.part < ratio.whole for ratio in met.values()), "nothing was tried"


def test_the_statements_of_the_form_do_not_grow_with_the_places(db) -> None:
    world = drawn(Random(1))

    def asked() -> int:
        look = Look(Scope(world.province, below=True), NOVEMBER, LATER)
        with CaptureQueriesContext(connection) as caught:
            facts(["posting_due", "posting_missing", "removal_late", "decisions_late"], look)
        return len(caught)

    asked()  # what is remembered over a stretch of days is read once
    few = asked()
    for index in range(5):
        put_up(world, make_agency(f"UBND xã Số {index}", world.province))
    assert asked() <= few


# The time cut: of the catalogue's page and the scenarios on one side, of form II.04 on the other ------------------------

CUTS = [("9", "5"), ("24", "9"), ("24", "3")]  # calendar days: to the minute they would be 70,17


def both_cuts(agency: Agency) -> tuple[str, str]:
    report = build(form_on("ii-04", NOVEMBER.end), Scope(agency), NOVEMBER, LATER)
    return text(cut_table(agency, NOVEMBER.end).total_percent), text(value("cut_rate", report.total))


def in_calendar_days(house: Agency, cuts: list[tuple[str, str]]) -> None:
    for index, (old, new) in enumerate(cuts):
        make_procedure(
            f"3.0000{house.pk}{index}", house, amount=old, unit="calendar_day", reduced_amount=new, reduced_unit="calendar_day"
        )  # fmt: skip


def test_the_time_cut_of_the_page_is_that_of_the_form_to_the_last_digit(db) -> None:
    house = make_agency("UBND xã Bình Yên")
    in_calendar_days(house, CUTS)
    assert both_cuts(house) == ("70,18", "70,18")  # (57 - 17) / 57


def test_the_time_cut_of_an_agency_holds_its_divisions_on_the_page_as_in_the_form(db) -> None:
    house = make_agency("UBND xã Bình Yên")
    division = make_agency("Phòng Kinh tế", house, kind="division")
    deeper = make_agency("Tổ Đất đai", division, kind="division")
    seated = make_agency("Trung tâm Dịch vụ công", house)
    for place, cut in zip((house, division, deeper), CUTS, strict=True):
        in_calendar_days(place, [cut])
    in_calendar_days(seated, [("10", "1")])  # an agency of its own
    assert both_cuts(house) == ("70,18", "70,18")
    assert both_cuts(division) == ("75,00", "75,00")


def test_a_counter_without_a_limit_has_none_in_either(db) -> None:
    house = make_agency("UBND xã Bình Yên")
    in_calendar_days(house, [*CUTS, ("30", "10")])
    last = ChannelRule.objects.filter(version__procedure__code=f"3.0000{house.pk}3")
    last.filter(channel="counter").update(amount=None, unit="none")
    assert both_cuts(house) == ("70,18", "70,18")


def test_the_time_cut_is_the_same_over_drawn_limits(db) -> None:
    draw, house = Random(7), make_agency("UBND xã Bình Yên")
    for index in range(60):
        old = draw.randrange(2, 60)
        in_days = {
            "amount": str(old),
            "unit": draw.choice(("calendar_day", "working_day", "month", "working_hour")),
        }
        new = draw.randrange(1, old)
        cut = {"reduced_amount": new, "reduced_unit": in_days["unit"]} if draw.random() < 0.7 else {}
        make_procedure(f"4.0000{index:02}", house, **in_days, **cut)
        page, form = both_cuts(house)
        assert page == form
