"""Reads that other apps build on: search, versions by day, limits, fees, processes, places, cuts, the starting catalogue."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from motcua.agencies.testing import make_agency, make_office, make_seat
from motcua.core.errors import NotFound, RuleViolation
from motcua.procedures import queries
from motcua.procedures.models import Offering, Procedure, ProcedureVersion, Process, TaskTemplate
from motcua.procedures.queries import Where
from motcua.procedures.queries.cuts import cut_table
from motcua.procedures.queries.diffs import diff_versions
from motcua.procedures.queries.process_checks import findings_of, process_sheet
from motcua.procedures.queries.sheet import fee_words, procedure_sheet, row_limits
from motcua.procedures.rules.fees import Quantities, compute
from motcua.procedures.rules.process import errors
from motcua.procedures.testing import make_fee, make_offering, make_process, make_version
from motcua.procedures.tests.conftest import TODAY

BEFORE = date(2025, 6, 30)


def found(text: str, **more) -> list[str]:
    return [version.procedure.code for version in queries.search(text, day=TODAY, **more)]


@pytest.fixture
def three(world):
    return [
        make_version("1.900001", "Đăng ký khai sinh", keywords="giấy chứng sinh"),
        make_version("1.900002", "Đăng ký lại khai sinh"),
        make_version("1.900010", "Đăng ký khai tử"),
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("1.900002", ["1.900002"]),
        ("1.90000", ["1.900001", "1.900002"]),
        ("dang ky khai sinh", ["1.900001", "1.900002"]),
        ("KHAI SINH lại", ["1.900002"]),
        ("khai tử", ["1.900010"]),
        ("khai tu", ["1.900010"]),
        ("chung sinh", ["1.900001"]),
        ("không có gì", []),
        ("", ["1.900010", "1.900001", "1.900002"]),
    ],
)
def test_search_finds_words_or_code_without_accents_best_first(three, text, codes):
    assert found(text) == codes


def test_search_keeps_to_an_office_or_an_agency(world, three):
    make_offering(three[0].procedure, world.commune)
    make_offering(three[1].procedure, world.police)
    make_offering(three[2].procedure, world.province)
    assert found("dang ky", office=world.office) == ["1.900001", "1.900002"]
    assert found("dang ky", agency=world.police) == ["1.900002"]
    assert {v.procedure.code for v in queries.offered_at(world.office, TODAY)} == {"1.900001", "1.900002"}
    assert {o.agency for o in queries.offerings_at(world.office, TODAY)} == {world.commune, world.police}
    assert queries.resolving_agencies(three[1].procedure, world.office, TODAY) == [world.police]
    assert [v.pk for v in queries.offered_by(world.police, TODAY)] == [three[1].pk]


def test_search_takes_few_statements(world, three, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        found("khai sinh", office=world.office)


def test_the_version_of_a_day(world):
    old = make_version("1.900001", valid_to=BEFORE)
    new = make_version("1.900001", number=2, valid_from=date(2025, 7, 1))
    make_version("1.900001", number=3, status="draft", valid_from=None)
    procedure = old.procedure
    assert queries.version_in_force(procedure, BEFORE) == old
    assert queries.version_in_force(procedure.pk, TODAY) == new
    assert queries.version_in_force(procedure, date(2010, 1, 1)) is None
    assert queries.latest_version(procedure) == new


def test_what_is_not_there_is_not_found(world):
    for call in (
        lambda: queries.access_procedure("x"),
        lambda: queries.access_version("x", 1),
        lambda: queries.access_process(1),
    ):
        with pytest.raises(NotFound):
            call()


LIMITS = {"counter": ("20", "working_day"), "online": ("17", "working_day")}


@pytest.mark.parametrize(
    ("channel", "text"),
    [("counter", "20 ngày làm việc"), ("online", "17 ngày làm việc"), ("post", "20 ngày làm việc")],
)
def test_a_limit_is_of_its_channel_else_of_the_counter(world, channel, text):
    version = make_version(limit=LIMITS)
    assert queries.limit_for(version, channel, None, TODAY).effective.describe() == text


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        (("1", "same_day"), "trong ngày làm việc"),
        ((None, "none"), "không quy định thời hạn"),
        ((None, ""), "không quy định thời hạn"),
        (("1.5", "working_day"), "12 giờ làm việc"),
        (("2", "month"), "2 tháng"),
    ],
)
def test_limits_in_words(world, limit, text):
    assert queries.limit_for(make_version(limit=limit), "counter", None, TODAY).statutory.describe() == text


def test_an_unsettled_limit_is_refused_not_guessed(world):
    with pytest.raises(RuleViolation, match="chưa xác định đơn vị"):
        queries.limit_for(make_version(limit=("1", "")), "counter", None, TODAY)


def test_a_version_without_channels_has_no_limit(world):
    assert queries.limit_for(make_version(limit={}), "counter", None, TODAY).statutory.unit == "none"


def test_a_case_may_have_its_own_limit_and_the_cutoff_is_handed_on(world):
    version = make_version(limit=("20", "calendar_day"))
    version.channels.update(
        variants=[
            {"case": "Nhà ở", "amount": "15", "unit": "calendar_day"},
            {"case": "Bổ sung", "unit": "same_day"},
        ]
    )
    assert queries.limit_for(version, "counter", None, TODAY, case="Nhà ở").statutory.amount == 15
    assert queries.limit_for(version, "counter", None, TODAY, case="khác").statutory.amount == 20
    same_day = queries.limit_for(
        version, "counter", None, TODAY, case="Bổ sung", cutoff=time(16, 0)
    ).statutory
    assert (same_day.unit, same_day.same_day_cutoff) == ("same_day", time(16, 0))


@pytest.mark.parametrize(
    ("args", "text"),
    [
        ((Decimal(3), ""), "3 (chưa xác định đơn vị)"),
        ((Decimal(2), "", "Tuần"), "2 Tuần (chưa xác định đơn vị)"),
        ((None, "", "Tùy"), "Tùy (chưa xác định đơn vị)"),
        ((None, ""), "không quy định thời hạn"),
    ],
)
def test_an_unsettled_limit_is_shown_as_such(args, text):
    assert queries.describe(*args) == text


def test_fees_come_from_the_nearest_area_or_from_the_catalogue(world):
    version = make_version()
    version.channels.filter(channel="counter").update(fee_dong=9000)
    line = queries.fee_lines(version.procedure, "counter", world.commune, TODAY)[0]
    assert (line.amount_dong, line.id) == (9000, 0)
    assert queries.fee_lines(version.procedure, "online", world.commune, TODAY) == ()
    make_fee(version.procedure, 5000)
    make_fee(version.procedure, 4000, area=world.province)
    assert [
        one.amount_dong for one in queries.fee_lines(version.procedure, "counter", world.commune, TODAY)
    ] == [4000]
    assert queries.fee_lines(Procedure.objects.create(code="1.900099"), "counter", None, TODAY) == ()


def test_the_process_of_an_agency_is_its_own_else_of_those_above_else_the_model(world):
    version = make_version()
    model = make_process(version.procedure)
    assert queries.process_for(version.procedure, world.commune, TODAY) == model
    above = make_process(version.procedure, agency=world.province)
    assert queries.process_for(version.procedure, world.commune, TODAY) == above
    own = make_process(version.procedure, agency=world.commune)
    make_process(version.procedure, agency=world.commune, number=2, status="draft", valid_from=None)
    assert queries.process_for(version.procedure.pk, world.commune, TODAY) == own
    assert queries.process_for(version.procedure, world.commune, date(2000, 1, 1)) is None


def task(place: str, **more) -> TaskTemplate:
    return TaskTemplate(pk=1, name="x", place=place, **more)


@pytest.mark.parametrize(
    ("place", "more", "name"),
    [
        ("resolving", {}, "commune"),
        ("office", {}, "commune"),
        ("parent", {}, "province"),
        ("police", {}, "police"),
        ("insurance", {}, "insurance"),
        ("tax", {}, "tax"),
        ("land", {}, "land"),
        ("division", {"division_name": "Kinh te"}, "economy"),
        ("division", {"division_name": "Xây dựng"}, "commune"),
        ("division", {}, "commune"),
    ],
)
def test_each_place_leads_to_its_agency(world, place, more, name):
    where = Where(world.commune, world.office, TODAY)
    assert queries.resolve_agency(task(place, **more), where) == getattr(world, name)


def test_the_seated_police_is_taken_before_the_nearer_ones(world):
    make_agency("Công an xã bên", world.commune, kind="vertical", sector="police")
    assert queries.resolve_agency(task("police"), Where(world.commune, world.office, TODAY)) == world.police


def test_without_an_office_the_nearest_in_the_tree_is_taken(world):
    own = make_agency("Công an phường", world.commune, kind="vertical", sector="police")
    where = Where(world.commune, None, TODAY)
    assert queries.resolve_agency(task("police"), where) == own
    assert queries.resolve_agency(task("office"), where) == world.commune
    assert queries.resolve_agency(task("tax"), where) == world.tax
    assert queries.resolve_agency(task("police"), Where(world.police, None, TODAY)) == world.police


def test_an_agency_not_there_on_the_day_is_not_found(world):
    early = make_agency(
        "Công an huyện", world.province, kind="vertical", sector="police", valid_from=date(2020, 3, 1)
    )
    make_seat(make_office(world.province), early)
    far = make_agency("Huyện xa", level="district")
    assert queries.resolve_agency(task("police"), Where(far, None, TODAY)) is None


def test_a_fixed_agency_gives_way_to_its_successor(world):
    old = make_agency("Phòng cũ", world.commune)
    old.valid_to, old.successor = BEFORE, world.economy
    old.save()
    assert (
        queries.resolve_agency(task("fixed", agency=old), Where(world.commune, None, TODAY)) == world.economy
    )
    assert queries.resolve_agency(task("fixed"), Where(world.commune, None, TODAY)) is None


def test_all_places_of_a_process_take_two_statements(world, django_assert_max_num_queries):
    tasks = [
        TaskTemplate(pk=n, name="x", place=place, division_name="Kinh tế")
        for n, place in enumerate(["police", "tax", "land", "insurance", "division", "office", "resolving"])
    ]
    with django_assert_max_num_queries(2):
        places = queries.resolve_places(tasks, Where(world.commune, world.office, TODAY))
    assert None not in places.values()


def test_a_process_sheet_tells_holes_and_who_does_what(world):
    version = make_version(limit=("1", "working_day"))
    make_offering(version.procedure, world.commune)
    process = queries.access_process(
        make_process(version.procedure, ("review", "police", "police_desk", 9)).pk
    )
    sheet = process_sheet(process, TODAY)
    assert sheet.example == world.commune
    assert sheet.rows[0].tasks[0][1] == world.police
    assert not sheet.publishable
    assert {f.stage for f in sheet.findings} == {0, 1}
    assert sheet.limit_text == "1 ngày làm việc"
    assert sheet.diagram.boxes


def test_the_time_cut_of_an_agency(world):
    one, two, three = (
        make_version(f"1.90000{n}", limit=limit)
        for n, limit in enumerate([("10", "working_day"), ("10", "working_day"), (None, "none")])
    )
    make_offering(
        one.procedure,
        world.commune,
        reduced_amount=Decimal(4),
        reduced_unit="working_day",
        reduced_document="QĐ",
    )
    make_offering(two.procedure, world.commune)
    make_offering(three.procedure, world.commune)
    make_offering(make_version("1.900009", valid_to=BEFORE).procedure, world.commune)
    table = cut_table(world.commune, TODAY)
    assert {row.version.procedure.code: row.percent for row in table.rows} == {
        "1.900000": Decimal("60.00"),
        "1.900001": Decimal("0.00"),
        "1.900002": None,
    }
    assert (table.total_percent, table.reduced_count) == (Decimal("30.00"), 1)
    assert (table.statutory_hours, table.reduced_hours) == (160, 112)


def test_the_cut_table_takes_few_statements(world, django_assert_max_num_queries):
    for n in range(6):
        make_offering(make_version(f"1.90000{n}").procedure, world.commune)
    with django_assert_max_num_queries(4):  # divisions, offerings, versions, rules
        cut_table(world.commune, TODAY)


def test_two_versions_are_compared_part_by_part(world):
    old = make_version("1.900001")
    new = make_version("1.900001", "Tên mới", number=2, limit=("3", "working_day"))
    new.papers.create(position=2, name="Ảnh", originals=2, case="Trường hợp A")
    changes = {c.label: c for c in diff_versions(queries.whole(old), queries.whole(new))}
    assert changes["Tên thủ tục"].come == ("Tên mới",)
    assert changes["Thành phần hồ sơ"].come == ("[Trường hợp A] Ảnh (2 bản chính)",)
    assert "Trực tiếp: 3 ngày làm việc" in changes["Thời hạn và phí theo cách thức"].come


def test_a_note_beside_a_paper_is_all_that_a_comparison_tells_when_nothing_else_changed(world):
    old, new = make_version("1.900001"), make_version("1.900001", number=2)
    new.papers.update(note="Ghi cả tên đệm")
    changes = {c.label: c for c in diff_versions(queries.whole(old), queries.whole(new))}
    assert list(changes) == ["Thành phần hồ sơ"]
    assert changes["Thành phần hồ sơ"].come[0].endswith("Ghi chú: Ghi cả tên đệm")


def test_a_sheet_opens_the_version_of_the_day_or_the_one_asked_for(world):
    make_version("1.900001", valid_to=BEFORE)
    make_version("1.900001", number=2, valid_from=date(2025, 7, 1))
    procedure = Procedure.objects.get()
    assert procedure_sheet(procedure, None, TODAY).version.number == 2
    sheet = procedure_sheet(procedure, 1, TODAY)
    assert (sheet.version.number, sheet.in_force, sheet.previous) == (1, False, None)
    with pytest.raises(NotFound):
        procedure_sheet(procedure, 9, TODAY)


def test_a_row_says_one_limit_when_all_channels_agree(world):
    assert row_limits(list(make_version("1.900001").channels.all())) == "5 ngày làm việc"
    assert "Trực tuyến: 17 ngày" in row_limits(list(make_version("1.900002", limit=LIMITS).channels.all()))


# The starting catalogue ------------------------------------------------------------------------------------------


def test_the_starting_catalogue_is_whole(catalogue):
    day = TODAY
    versions = ProcedureVersion.objects.filter(ProcedureVersion.in_force(day))
    assert versions.count() == Procedure.objects.count() >= 75
    assert not queries.unsettled_limits(day).exists()
    assert versions.filter(online_level__in=["level_3", "level_4"]).count() == 0
    past = ProcedureVersion.objects.filter(ProcedureVersion.in_force(date(2019, 6, 1)))
    assert past.filter(online_level__in=["level_3", "level_4"]).exists()
    assert not past.filter(online_level__in=["partial", "full"]).exists()
    assert ProcedureVersion.objects.filter(source__contains="[likely]").exists()
    holes = [
        (process.procedure.code, hole.message)
        for process in queries.with_stages(Process.objects.all())
        for hole in errors(findings_of(process, day))
    ]
    assert holes == []

    district = set(past.filter(levels__code="district").values_list("procedure__code", flat=True))
    assert {"2.000528", "2.000806", "1.001612", "1.013225", "1.013978"} <= district
    now = versions.filter(levels__code="district")
    assert not now.exists()

    chains = {code: _places(code) for code in ("2.000986", "1.013978", "1.001612", "1.010803", "1.013225")}
    assert {"police", "insurance"} <= chains["2.000986"]
    assert {"land", "tax"} <= chains["1.013978"]
    assert "tax" in chains["1.001612"]
    assert "parent" in chains["1.010803"]
    assert {"division", "land"} <= chains["1.013225"]
    assert Process.objects.get(procedure__code="1.013978").stages.filter(kind="finance").exists()

    copies = queries.fee_lines(Procedure.objects.get(code="2.000815"), "counter", catalogue.commune, day)
    assert compute(copies, Quantities(copies=3, pages=5)).total_dong == 21_000
    assert compute(copies, Quantities(pages=250)).total_dong == 200_000
    assert (
        fee_words(copies[0])
        == "2.000 đồng/trang (2 trang đầu), 1.000 đồng/trang (các trang sau), tối đa 200.000 đồng/bản"
    )
    residence = Procedure.objects.get(code="1.004222")
    assert [f.amount_dong for f in queries.fee_lines(residence, "online", catalogue.commune, day)] == [10_000]
    birth = queries.version_in_force(Procedure.objects.get(code="1.001193"), day)
    assert queries.limit_for(birth, "counter", None, day).statutory.unit == "same_day"
    assert found("khai sinh")[0] == "1.001193"
    assert found("so do")[0] == "1.013978"
    assert Offering.objects.filter(agency=catalogue.commune).count() > 50


def _places(code: str) -> set[str]:
    return set(
        TaskTemplate.objects.filter(stage__process__procedure__code=code).values_list("place", flat=True)
    )


def test_the_second_level_of_a_past_day_is_still_there(catalogue):
    marriage = Procedure.objects.get(code="2.000806")
    then = queries.version_in_force(marriage, BEFORE)
    assert then.levels_text == "Cấp huyện"
    assert queries.limit_for(then, "counter", None, BEFORE).statutory.describe() == "15 ngày"
    after = queries.version_in_force(marriage, BEFORE + timedelta(days=1))
    assert after.levels_text == "Cấp xã"
