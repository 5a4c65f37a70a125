"""Taking files into the database: all or nothing, only what changed, new versions; the way there and back."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.procedures import actions, queries
from motcua.procedures.actions import Outcome
from motcua.procedures.models import ChannelRule, Field, Paper, Procedure, ProcedureVersion, Process
from motcua.procedures.queries.export import catalogue_text, processes_text
from motcua.procedures.rules import portal_csv, portal_files, portal_json, process_files
from motcua.procedures.testing import make_process, make_version
from motcua.procedures.tests.conftest import AT, TODAY
from motcua.procedures.tests.samples import COLUMNS, csv_text, entry, json_text, row

SHARED = Path(__file__).parents[4] / "shared" / "data"
LATER = AT + timedelta(days=30)


def take(world, text: str, *, at=AT, **more):
    parsed = portal_files.read(text.encode())
    act = (
        actions.import_processes
        if isinstance(parsed, process_files.ParsedProcesses)
        else actions.import_catalogue
    )
    return act(parsed, actor=world.system, at=at, **more)


def current(code: str = "1.900001", day: date = TODAY) -> ProcedureVersion:
    return queries.version_in_force(Procedure.objects.get(code=code), day)


def test_a_new_procedure_is_made_with_all_its_parts(world):
    report = take(world, csv_text(row()))
    assert (report.applied, dict(report.counts)) == (True, {Outcome.CREATED: 1})
    version = current()
    assert (version.number, version.status, version.valid_from, version.field.name) == (
        1,
        "published",
        TODAY,
        "Lĩnh vực thử",
    )
    assert [level.code for level in version.levels.order_by("rank")] == ["province", "commune"]
    assert {c.channel: (c.amount, c.unit, c.fee_dong) for c in version.channels.all()} == {
        "online": (3, "working_day", 0),
        "counter": (5, "calendar_day", 8000),
    }
    assert version.stated_counts == {"papers": 2, "legal_bases": 1}
    assert version.online_level == "partial"
    assert Event.objects.get(chain=f"procedure/{version.procedure_id}").kind == "procedure.imported"


def test_the_same_file_again_changes_nothing(world):
    take(world, csv_text(row()))
    again = take(world, csv_text(row()), at=LATER)
    assert dict(again.counts) == {Outcome.UNCHANGED: 1}
    assert ProcedureVersion.objects.count() == 1


def test_a_change_makes_a_new_version_and_ends_the_old_one_the_day_before(world):
    take(world, csv_text(row()))
    report = take(world, csv_text(row(truc_tiep_thoi_gian="4")), at=LATER)
    assert dict(report.counts) == {Outcome.NEW_VERSION: 1}
    first, second = ProcedureVersion.objects.order_by("number")
    assert (second.number, second.valid_from) == (2, TODAY + timedelta(days=30))
    assert first.valid_to == TODAY + timedelta(days=29)
    assert first.channels.get(channel="counter").amount == 5
    assert second.channels.get(channel="counter").amount == 4


def test_the_two_forms_complete_each_other_and_do_not_take_turns(world):
    take(world, csv_text(row()))
    assert take(world, json_text(entry()), at=LATER).counts[Outcome.NEW_VERSION] == 1
    for text in (csv_text(row()), json_text(entry()), csv_text(row())):
        assert dict(take(world, text, at=LATER).counts) == {Outcome.UNCHANGED: 1}
    version = current(day=TODAY + timedelta(days=30))
    assert [p.name for p in version.papers.all()] == ["Tờ khai", "Lưu ý: mang bản chính"]
    assert [p.note_only for p in version.papers.all()] == [False, True]
    assert version.levels_text == "Cấp tỉnh, Cấp xã"
    assert version.stated_counts == {}


def test_two_sources_that_contradict_each_other_do_not_take_turns_either(world):
    take(world, csv_text(row()))
    take(world, json_text(entry(ten="Tên của tệp JSON")), at=LATER)
    for text in (csv_text(row()), json_text(entry(ten="Tên của tệp JSON"))):
        assert dict(take(world, text, at=LATER).counts) == {Outcome.UNCHANGED: 1}
    assert ProcedureVersion.objects.count() == 2


def _with_note(note):
    return json_text(
        entry(
            thanh_phan=[{"nhom": "", "giay_to": [["Tờ khai", 1, 0, *([note] if note is not None else [])]]}]
        )
    )


def test_a_note_beside_a_paper_is_taken_kept_by_a_file_without_notes_changed_and_taken_away(world):
    take(world, _with_note("Ghi cả tên đệm"))
    assert current().papers.get().note == "Ghi cả tên đệm"
    assert dict(take(world, _with_note(None), at=LATER).counts) == {Outcome.UNCHANGED: 1}
    assert take(world, _with_note("Viết in hoa"), at=LATER).counts[Outcome.NEW_VERSION] == 1
    assert current(day=TODAY + timedelta(days=30)).papers.get().note == "Viết in hoa"


def test_a_file_without_notes_that_changes_a_paper_keeps_its_note(world):
    take(world, _with_note("Ghi cả tên đệm"))
    more = [{"nhom": "", "giay_to": [["Tờ khai", 2, 0]]}]
    take(world, json_text(entry(thanh_phan=more)), at=LATER)
    paper = current(day=TODAY + timedelta(days=30)).papers.get()
    assert (paper.originals, paper.note) == (2, "Ghi cả tên đệm")


def test_what_people_added_is_carried_over(world):
    take(world, json_text(entry()))
    ProcedureVersion.objects.update(steps_text="Bước 1", keywords="giay thu", conditions="đủ 18 tuổi")
    Paper.objects.filter(name="Tờ khai").update(presented_only=True, form_name="Mẫu 1")
    version = current()
    version.legal_bases.update(title="Nghị định thử")
    version.related.set([version.procedure])
    take(world, json_text(entry(ten="Tên mới")), at=LATER)
    version = current(day=TODAY + timedelta(days=30))
    assert (version.number, version.steps_text, version.keywords) == (2, "Bước 1", "giay thu")
    assert "giay thu" in version.search_text
    assert version.papers.first().form_name == "Mẫu 1"
    assert version.legal_bases.get().title == "Nghị định thử"
    assert version.related.count() == 1


def test_one_refused_row_stops_the_whole_file(world):
    report = take(world, csv_text(row(), row(ma_tthc="")))
    assert (report.applied, report.refused) == (False, 1)
    assert not Procedure.objects.exists()
    assert not Field.objects.exists()


def test_skipping_bad_rows_takes_the_others(world):
    report = take(world, csv_text(row(), row(ma_tthc="")), skip_bad=True)
    assert (report.applied, report.refused) == (True, 1)
    assert Procedure.objects.count() == 1


def test_a_trial_writes_nothing(world):
    report = take(world, csv_text(row()), dry_run=True)
    assert (report.applied, report.counts[Outcome.CREATED]) == (False, 1)
    assert not Procedure.objects.exists()


def test_an_unknown_unit_waits_for_a_person(world):
    take(world, csv_text(row(truc_tiep_thoi_gian="2", truc_tiep_don_vi="Tuần")))
    rule = queries.unsettled_limits(TODAY).get()
    assert (rule.channel, rule.unit_text) == ("counter", "Tuần")
    with pytest.raises(RuleViolation, match="chưa xác định đơn vị"):
        queries.limit_for(current(), "counter", None, TODAY)


def test_a_procedure_without_field_goes_into_a_waiting_one(world):
    take(world, csv_text(row(linh_vuc="")))
    assert current().field.name == "Chưa xếp lĩnh vực"
    assert dict(take(world, catalogue_text("csv")).counts) == {Outcome.UNCHANGED: 1}


def test_a_repealed_procedure_that_changes_comes_back_with_a_note(world):
    take(world, csv_text(row()))
    ProcedureVersion.objects.update(status="repealed", valid_to=TODAY)
    assert dict(take(world, csv_text(row()), at=LATER).counts) == {Outcome.UNCHANGED: 1}
    report = take(world, csv_text(row(ten_tthc="Tên mới")), at=LATER)
    assert "đã bãi bỏ" in str(report.rows[0].notes[-1])
    assert ProcedureVersion.objects.get(number=1).valid_to == TODAY


def test_a_settled_unit_survives_the_file_that_has_none(world):
    take(world, csv_text(row(truc_tiep_thoi_gian="1", truc_tiep_don_vi="")))
    version = current()
    actions.settle_units(version.pk, {"counter": "same_day"}, "Luật Hộ tịch", actor=world.system, at=LATER)
    report = take(
        world, csv_text(row(truc_tiep_thoi_gian="1", truc_tiep_don_vi="", ten_tthc="Tên mới")), at=LATER
    )
    assert report.counts[Outcome.NEW_VERSION] == 1
    assert ChannelRule.objects.filter(version__number=3).get(channel="counter").unit == "same_day"


def test_only_who_keeps_the_catalogue_imports(world):
    parsed = portal_files.read(csv_text(row()).encode())
    with pytest.raises(NotFound):
        actions.import_catalogue(parsed, actor=world.clerk, at=AT)
    with pytest.raises(RuleViolation, match="cấp cao nhất"):
        actions.import_catalogue(parsed, actor=world.local, at=AT)
    assert actions.import_catalogue(parsed, actor=world.controller, at=AT).applied


def test_statements_do_not_grow_with_the_rows_but_for_the_log(world, django_assert_max_num_queries):
    few = csv_text(*(row(ma_tthc=f"1.90{n:04}") for n in range(2, 12)))
    with django_assert_max_num_queries(30 + 10):
        take(world, few)
    with django_assert_max_num_queries(6):
        take(world, few)


def test_the_command_reports_every_row_and_fails_when_one_is_refused(world, tmp_path, capsys):
    file = tmp_path / "danh-muc.csv"
    file.write_text(
        csv_text(row(), row(ma_tthc="1.900002", truc_tiep_don_vi=""), row(ma_tthc="x")), encoding="utf-8-sig"
    )
    with pytest.raises(SystemExit) as stopped:
        call_command("catalogue", "import", str(file))
    out, err = capsys.readouterr()
    assert stopped.value.code == 1
    assert "dòng 4 · X · từ chối" in err
    assert "dòng 3 · 1.900002 · tạo mới: Thời hạn trực tiếp 5 không ghi đơn vị" in out
    assert "Tổng 3 dòng: tạo mới 2, phiên bản mới 0, không đổi 0, từ chối 1." in out
    assert "Chưa ghi gì" in out
    assert not Procedure.objects.exists()
    with pytest.raises(SystemExit):
        call_command("catalogue", "import", str(file), "--skip-bad", "--effective", "2026-01-01")
    assert "Đã bỏ qua 1 dòng" in capsys.readouterr().out
    assert current().valid_from == date(2026, 1, 1)
    file.write_text(csv_text(row()))
    call_command("catalogue", "import", str(file), "--dry-run")
    assert "Chạy thử" in capsys.readouterr().out


def test_the_command_says_what_is_wrong_with_a_file(world, tmp_path, capsys):
    with pytest.raises(CommandError, match="Không mở được"):
        call_command("catalogue", "import", str(tmp_path / "khong-co.csv"))
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(CommandError, match="UTF-16"):
        call_command("catalogue", "import", str(bad))


def test_the_command_exports_to_a_file_and_to_the_screen(world, tmp_path, capsys):
    take(world, json_text(entry()))
    out = tmp_path / "ra.json"
    call_command("catalogue", "export", "--output", str(out))
    assert portal_json.parse(out.read_text()).rows[0].facts.name == "Cấp giấy thử"
    capsys.readouterr()
    call_command("catalogue", "export", "--format", "csv", "--on", TODAY.isoformat())
    assert portal_csv.parse(capsys.readouterr().out).rows[0].code == "1.900001"
    call_command("catalogue", "export", "--processes")
    assert process_files.parse(capsys.readouterr().out).rows == ()


def test_the_command_loads_the_starting_catalogue_once(world, capsys):
    call_command("catalogue", "start")
    call_command("catalogue", "start")
    out = capsys.readouterr().out
    assert "96 thủ tục được thêm" in out
    assert "0 thủ tục được thêm" in out


def test_processes_go_out_and_come_back(world):
    version = make_version("1.900001", limit=("1", "working_day"))
    process = make_process(
        version.procedure,
        ("review", "fixed", "officer", 3),
        ("signature", "resolving", "leader", 2),
        ("result", "office", "clerk", 1),
        agency=world.commune,
    )
    process.stages.first().tasks.update(agency=world.police)
    world.police.code = "H99.7"
    world.police.save()
    text = processes_text(TODAY)
    assert '"co_quan": "H99.12"' in text
    assert dict(take(world, text).counts) == {Outcome.UNCHANGED: 1}
    changed = text.replace('"gio": 3', '"gio": 2.5')
    assert dict(take(world, changed, at=LATER).counts) == {Outcome.NEW_VERSION: 1}
    assert [p.number for p in Process.objects.order_by("number")] == [1, 2]
    assert Process.objects.get(number=1).valid_to == TODAY + timedelta(days=29)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("1.900001", "1.900009", "Không có thủ tục"),
        ("H99.12", "H50.1", "Không có cơ quan"),
        ('"signature"', '"review"', "không có bước trình ký"),
        ('"gio": 5', '"gio": 500', "vượt thời hạn"),
        ('"gio": 5', '"gio": "x"', "Số giờ"),
    ],
)
def test_a_process_that_does_not_fit_is_refused_and_nothing_stays(world, before, after, words):
    version = make_version("1.900001", limit=("1", "working_day"))
    make_process(version.procedure, agency=world.commune)
    text = processes_text(TODAY).replace(before, after)
    Process.objects.all().delete()
    report = take(world, text)
    assert (report.refused, report.applied) == (1, False)
    assert words in " ".join(str(note) for note in report.rows[0].notes)
    assert not Process.objects.exists()
    assert take(world, text, skip_bad=True).applied
    assert not Process.objects.exists()


junk = st.sampled_from(
    ["", "-1", "1e9", "1,5", "Tuần", "Ngày", '"', "|", "\x00", "1.900001", "1.900002", "x" * 2500]
)
mutations = st.lists(st.dictionaries(st.sampled_from(COLUMNS), junk, max_size=4), min_size=1, max_size=4)


@given(mutations, st.booleans())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_mutated_files_never_crash_and_never_half_import(world, changes, skip_bad):
    from django.db import transaction

    rows = [row(ma_tthc=f"1.90000{n}") | change for n, change in enumerate(changes)]
    with transaction.atomic():
        report = take(world, csv_text(*rows), skip_bad=skip_bad)
        made = Procedure.objects.count()
        expected = report.counts[Outcome.CREATED] if report.applied else 0
        assert made == expected
        assert report.applied or report.refused
        assert ProcedureVersion.objects.count() == made
        transaction.set_rollback(True)


@pytest.fixture
def national() -> bytes:
    if not (SHARED / "tthc_national.csv").exists():
        pytest.skip("danh mục quốc gia ở ../shared/data không có trên máy này")
    return (SHARED / "tthc_national.csv").read_bytes()


def test_the_national_catalogue_goes_in_and_comes_out_unharmed(world, national):
    papers = (SHARED / "tthc_commune_papers.json").read_bytes()
    counts = []
    for raw in (national, papers, national, papers):
        parsed = portal_files.read(raw)
        counts.append(dict(actions.import_catalogue(parsed, actor=world.system, at=AT).counts))
    assert counts == [
        {Outcome.CREATED: 2202},
        {Outcome.NEW_VERSION: 492},
        {Outcome.UNCHANGED: 2202},
        {Outcome.UNCHANGED: 492},
    ]
    for raw, form in ((national, "csv"), (papers, "json")):
        text = catalogue_text(form)
        out = {one.code: one.facts for one in portal_files.read(text.encode()).rows}
        assert [one.code for one in portal_files.read(raw).rows if out[one.code] != one.facts] == []
        assert dict(take(world, text).counts) == {Outcome.UNCHANGED: 2202}
    assert ProcedureVersion.objects.count() == 2202 + 492


def test_the_other_form_that_says_the_same_changes_nothing(world):
    take(world, json_text(entry()))
    assert dict(take(world, catalogue_text("csv"), at=LATER).counts) == {Outcome.UNCHANGED: 1}
    assert set(Procedure.objects.get().imported) == {"json", "csv"}


def test_the_command_makes_the_levels_on_an_empty_database(db, tmp_path, capsys):
    file = tmp_path / "danh-muc.csv"
    file.write_text(csv_text(row()))
    call_command("catalogue", "import", str(file))
    assert ProcedureVersion.objects.get().levels.count() == 2
    call_command("catalogue", "import", str(file))
    assert "không có gì thay đổi" in capsys.readouterr().out
