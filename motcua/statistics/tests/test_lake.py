"""The lake says what the database says: every figure, every window, however the dossiers lived."""

import json
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import time_machine
from django.core.management import CommandError, call_command

from motcua.agencies.models import DatedSetting
from motcua.agencies.testing import make_user_with
from motcua.audit.actions import append
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.testing import World, in_review, make_intake, moment, receive
from motcua.files.actions import store
from motcua.statistics.output import lake as files
from motcua.statistics.output import lake_export
from motcua.statistics.output.flat import as_data
from motcua.statistics.output.lake_export import export
from motcua.statistics.queries import Scope, build, count, lake_rows
from motcua.statistics.queries.lake import NOT_HELD, Lake, LakeScope, duckdb, open_tables, report
from motcua.statistics.queries.lake import count as count_lake
from motcua.statistics.queries.lake_facets import COUNTED
from motcua.statistics.rules.figures import Test
from motcua.statistics.rules.lake import Manifest, load
from motcua.statistics.rules.meaning import MEANING, Facet
from motcua.statistics.rules.periods import Basis, parse
from motcua.statistics.rules.reports import form_on
from motcua.statistics.testing_beside import SCAN

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"),
]
HELD = tuple(test.value for test, meaning in MEANING.items() if COUNTED.issuperset(meaning))
NOW = moment(days=30)
YEAR = parse("2026", Basis.CALENDAR).window


def counts(cells: dict[Any, Any]) -> dict[Any, dict[str, int]]:
    return {key: dict(+cell.counts) for key, cell in cells.items()}


@pytest.mark.parametrize("original", [False, True])
@pytest.mark.parametrize("code", ["ii-06a", "ii-06b", "ii-06c", "ii-07", "07a-btp"])
def test_a_report_from_the_lake_is_the_report(
    world: World, tmp_path: Path, code: str, original: bool
) -> None:
    export(tmp_path, as_of=NOW)
    lake, form = Lake.at(tmp_path), form_on(code, YEAR.end)
    form = form.with_original() if original else form
    with duckdb(tmp_path) as tables:
        for agency, below in ((world.commune, False), (world.province, True)):
            here = report(lake, tables, form, lake.agency(agency.code), YEAR, below=below)
            assert as_data(here) == as_data(build(form, Scope(agency, below), YEAR, NOW))
            assert here.total["received_counter"] > 0
            assert (here.total["original_on"] + here.total["original_before"] > 0) is original


def test_a_paused_clock_and_a_question_to_the_citizen_are_known(world: World, tmp_path: Path) -> None:
    paused = in_review(world)
    actions.request_supplement(
        paused.pk,
        reason="Thiếu",
        items=[{"name": "Giấy", "reason": "Thiếu"}],
        actor=world.officer,
        at=moment(days=2),
    )
    filed = Dossier.objects.get(status="submitted")
    actions.request_supplement_before(
        filed.pk,
        reason="Thiếu",
        items=[{"name": "Giấy", "reason": "Thiếu"}],
        actor=world.clerk,
        at=moment(days=20, hours=1),
    )
    export(tmp_path, as_of=moment(days=90))
    lake, scope = Lake.at(tmp_path), Scope(world.commune)
    kinds = {row["kind"] for row in pq.read_table(tmp_path / "spells").to_pylist()}
    assert {"rest", "asked"} <= kinds
    with duckdb(tmp_path) as tables:
        for window in (YEAR, parse("2026-12").window, parse("2027-03").window):
            found = count_lake(lake, tables, LakeScope(lake.agency("H40.12"), lake=lake), window, tests=HELD)
            assert counts(found) == counts(count(scope, window, at=moment(days=90), tests=HELD))


def test_lateness_by_the_minute_is_judged_by_the_setting_of_the_day(world: World, tmp_path: Path) -> None:
    DatedSetting.objects.create(
        key="standing_granularity",
        agency=world.province,
        value="minute",
        source="QĐ 1",
        valid_from=YEAR.start,
    )
    export(tmp_path, as_of=NOW)
    lake = Lake.at(tmp_path)
    assert lake.is_by_minute(lake.agency("H40.12"), YEAR.end)
    assert not lake.is_by_minute(lake.agency("H40.12"), YEAR.start - timedelta(days=1))


def test_what_the_lake_does_not_hold_is_refused_and_known(world: World, tmp_path: Path) -> None:
    assert {Facet.FEE, Facet.SCANS, Facet.RESULT} == NOT_HELD
    export(tmp_path, as_of=NOW)
    lake = Lake.at(tmp_path)
    with (
        duckdb(tmp_path) as tables,
        pytest.raises(RuleViolation, match="Kho chưa có số liệu để tính: digitised"),
    ):
        count_lake(lake, tables, LakeScope(lake.agency("H40"), lake=lake), YEAR, tests=[Test.DIGITISED.value])
    with pytest.raises(NotFound, match="H99"):
        lake.agency("H99")
    with pytest.raises(NotFound, match="Không có bộ máy “excel”"):
        open_tables("excel", tmp_path)


def test_whether_all_papers_are_digitised_is_told_as_of_the_export(world: World, tmp_path: Path) -> None:
    (paper,) = make_intake(world).papers
    scanned, sent = receive(world), receive(world, papers=(replace(paper, originals=0, electronic=1),))
    file = store(SCAN, name="quet.pdf", made_here=True, actor=world.clerk, at=moment(days=20))
    actions.attach_scan(scanned.papers.get().pk, file.pk, actor=world.clerk, at=moment(days=20))
    for day, both in ((10, {sent.pk}), (30, {sent.pk, scanned.pk})):
        export(tmp_path, as_of=moment(days=day))
        rows = pq.read_table(tmp_path / "dossiers").to_pylist()
        told = {row["dossier_id"]: row["is_digitised"] for row in rows}
        assert {pk for pk, is_so in told.items() if is_so} == both
        assert set(told.values()) == {True, False}


# Files ------------------------------------------------------------------------------------------------------------------


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.parquet"))}


def test_the_same_rows_give_the_same_bytes_whatever_the_batches(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = export(tmp_path, as_of=NOW)
    before = content(tmp_path)
    assert export(tmp_path, as_of=moment(days=31)).hash == first.hash
    assert content(tmp_path) == before
    monkeypatch.setattr(lake_rows, "BATCH", 2)
    assert export(tmp_path, as_of=NOW).hash == first.hash
    monkeypatch.setattr(files, "GROUP", 3)
    assert export(tmp_path, as_of=NOW).rows("dossiers") == first.rows("dossiers") == Dossier.objects.count()


def test_only_the_years_of_what_changed_are_written_anew(world: World, tmp_path: Path) -> None:
    receive(world, at=moment(days=-700))
    first = export(tmp_path, as_of=moment(days=25))
    times = {path: (tmp_path / path).stat().st_mtime_ns for path in content(tmp_path)}
    receive(world, at=moment(days=26))
    second = export(tmp_path, as_of=NOW, since=moment(days=24, hours=-8))
    assert second.rows("dossiers") == first.rows("dossiers") + 1
    changed = {path for path, time in times.items() if (tmp_path / path).stat().st_mtime_ns != time}
    assert changed
    assert not any("year=2024" in path for path in changed)
    assert any("year=2024" in path for path in times)
    assert export(tmp_path / "whole", as_of=NOW).hash == second.hash


def test_a_dossier_accepted_in_the_new_year_moves_into_it(world: World, tmp_path: Path) -> None:
    filed = actions.submit(make_intake(world, channel="online"), actor=world.clerk, at=moment(days=-330))
    export(tmp_path, as_of=moment(days=-329))
    assert (tmp_path / "dossiers/province=H40/year=2025").exists()
    actions.accept(filed.pk, actor=world.clerk, at=moment(days=29))
    export(tmp_path, as_of=NOW, since=moment(days=-330))
    assert not (tmp_path / "dossiers/province=H40/year=2025").exists()
    assert not (tmp_path / files.WRITING).exists()
    assert Lake.at(tmp_path).manifest.rows("dossiers") == Dossier.objects.count()


def test_a_change_of_seats_writes_every_year_anew(world: World, tmp_path: Path) -> None:
    export(tmp_path, as_of=NOW)
    before = {path: (tmp_path / path).stat().st_mtime_ns for path in content(tmp_path)}
    append("office/1", "seat.opened", actor=None, at=NOW, first=True)
    export(tmp_path, as_of=NOW, since=moment(days=29))
    assert all((tmp_path / path).stat().st_mtime_ns != time for path, time in before.items())


def test_a_gap_between_two_exports_is_refused(world: World, tmp_path: Path) -> None:
    export(tmp_path, as_of=moment(days=5))
    with pytest.raises(RuleViolation, match="chọn --since không sau ngày đó"):
        export(tmp_path, as_of=NOW, since=moment(days=6))
    with pytest.raises(RuleViolation, match="không có dữ liệu cá nhân"):
        export(tmp_path, as_of=NOW, since=moment(days=4), personal=True)


def test_two_exports_do_not_write_at_once(tmp_path: Path) -> None:
    with files.Store(tmp_path).locked(), pytest.raises(RuleViolation, match="Đang có lần xuất khác"):
        files.Store(tmp_path).locked().__enter__()
    (tmp_path / "tep").write_text("")
    with pytest.raises(RuleViolation, match="Không ghi được vào"):
        files.Store(tmp_path / "tep" / "kho").locked().__enter__()


def test_a_lake_that_does_not_agree_with_itself_is_refused(world: World, tmp_path: Path) -> None:
    made = export(tmp_path, as_of=NOW)
    assert load(made.dump()) == made
    assert not files.broken(tmp_path, made, whole=True)
    path = tmp_path / "dossiers/province=H40/year=2026/part-0.parquet"
    path.write_bytes(b"x" * path.stat().st_size)
    assert files.broken(tmp_path, made) == []
    assert files.broken(tmp_path, made, whole=True) == [str(path.relative_to(tmp_path))]
    for text, said in (
        ("{", "không đọc được"),
        (Manifest(NOW, False, (), schema=99).dump(), "theo mẫu 99"),
        (made.dump().replace(made.hash, "0" * 64), "không khớp với mã băm"),
    ):
        with pytest.raises(RuleViolation, match=said):
            load(text)


# Persons ------------------------------------------------------------------------------------------------------------------


def everything(folder: Path) -> str:
    """All that stands in the files, as text."""
    paths = [*folder.glob("*.parquet"), *(path for path in folder.iterdir() if path.is_dir())]
    return "\n".join(str(pq.read_table(path).to_pylist()) for path in paths)


def test_no_personal_data_unless_asked(world: World, tmp_path: Path) -> None:
    dossier = Dossier.objects.select_related("applicant", "received_by").filter(code__isnull=False)[0]
    person = dossier.applicant
    private = [person.name, person.identity_number, dossier.code, dossier.received_by.full_name]
    export(tmp_path, as_of=NOW)
    assert not [words for words in private if words and words in everything(tmp_path)]
    export(tmp_path, as_of=NOW, personal=True)
    text = everything(tmp_path)
    assert person.name in text
    assert dossier.code in text
    assert dossier.received_by.full_name not in text
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "parties").rglob("*.parquet")} == {0o600}
    export(tmp_path, as_of=NOW, since=moment(days=29))
    assert not (tmp_path / "parties").exists()


def run(*arguments: str) -> str:
    out = StringIO()
    with time_machine.travel(moment(days=90)):
        call_command("lake", *arguments, stdout=out)
    return out.getvalue()


def test_who_takes_personal_data_and_why_is_in_the_log(world: World, tmp_path: Path) -> None:
    boss = make_user_with("office_head", world.province, subtree=True)
    run("export", str(tmp_path), "--personal", "--by", boss.username, "--reason", "Chuyển  dữ liệu theo QĐ 1")
    event = Event.objects.filter(kind="lake.exported", chain=f"agency/{world.province.pk}").get()
    assert event.actor_id == boss.pk
    assert (event.data["personal"], event.data["reason"]) == (True, "Chuyển dữ liệu theo QĐ 1")
    assert event.title == "Xuất kho số liệu"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--personal",), "Cho biết ai xuất"),
        (("--personal", "--by", "khong-co"), "Không có tài khoản “khong-co”"),
        (("--personal", "--by", "{boss}"), "Cho biết lý do"),
        (("--personal", "--by", "{clerk}", "--reason", "Tôi muốn xem"), "Không tìm thấy"),
        (("--since", "1/2/2026"), "--since phải là ngày dạng"),
    ],
)
def test_what_is_wrong_with_an_export_is_said(
    world: World, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    names = {
        "boss": make_user_with("office_head", world.province, subtree=True).username,
        "clerk": world.clerk.username,
    }
    with pytest.raises(CommandError, match=said):
        run("export", str(tmp_path / "kho"), *(part.format(**names) for part in arguments))
    assert not (tmp_path / "kho" / "manifest.json").exists()
    assert not Event.objects.filter(kind="lake.exported").exists()


# The command --------------------------------------------------------------------------------------------------------------


def test_the_command_exports_reports_and_verifies(world: World, tmp_path: Path) -> None:
    assert "H40 năm 2026" in run("export", str(tmp_path))
    data = json.loads(
        run("report", "II.06a", str(tmp_path), "--agency", "H40.12", "--period", "2026", "--calendar")
    )
    assert (data["scope"]["code"], data["period"]["code"], data["total"]["received"]) == ("H40.12", "2026", 6)
    more = json.loads(
        run("report", "II.06a", str(tmp_path), "--agency", "H40.12", "--period", "2026", "--original")
    )
    assert (
        more["total"]["original_before"] + more["total"]["original_on"] + more["total"]["original_late"] == 3
    )
    path = tmp_path / "bao-cao.xlsx"
    assert run("report", "II.06b", str(tmp_path), "--agency", "H40", "--period", "2026-Q4", "--format", "xlsx", "--output", str(path)) == ""  # fmt: skip
    assert path.read_bytes().startswith(b"PK")
    assert "tệp đúng như đã ghi" in run("verify", str(tmp_path))
    (tmp_path / "fields.parquet").unlink()
    with pytest.raises(SystemExit):
        run("verify", str(tmp_path))
    with pytest.raises(CommandError, match="Kho đang được ghi hoặc thiếu tệp"):
        run("report", "II.06a", str(tmp_path), "--agency", "H40.12", "--period", "2026")


def test_since_without_a_lake_writes_all(world: World, tmp_path: Path) -> None:
    run("export", str(tmp_path), "--since", "2026-11-30")
    assert Lake.at(tmp_path).manifest.rows("dossiers") == Dossier.objects.count()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("II.06a", "{none}", "--agency", "H40.12", "--period", "2026"), "không phải kho số liệu"),
        (("II.06a", "{lake}", "--period", "2026"), "Cho biết mã cơ quan"),
        (("II.06a", "{lake}", "--agency", "H40.12"), "Cho biết kỳ báo cáo"),
        (
            ("II.06a", "{lake}", "--agency", "H77", "--period", "2026"),
            "Trong kho không có cơ quan mang mã “H77”",
        ),
        (("II.66", "{lake}", "--agency", "H40.12", "--period", "2026"), "Không có biểu báo cáo này"),
        (
            ("II.06a", "{lake}", "--agency", "H40.12", "--period", "2026", "--engine", "excel"),
            "Không có bộ máy",
        ),
        (
            ("II.06a", "{lake}", "--agency", "H40.12", "--period", "2026", "--format", "docx"),
            "Không có dạng tệp",
        ),
    ],
)
def test_what_is_wrong_with_a_report_is_said(
    world: World, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    export(tmp_path, as_of=NOW)
    with pytest.raises(CommandError, match=said):
        run("report", *(part.format(lake=tmp_path, none=tmp_path / "khac") for part in arguments))


def test_a_lake_without_dossiers_says_so(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lake_export, "all_years", lambda: [])
    made = export(tmp_path, as_of=NOW)
    assert made.rows("dossiers") == 0
    with pytest.raises(CommandError, match="Kho chưa có hồ sơ nào"):
        run("report", "II.06a", str(tmp_path), "--agency", "H40.12", "--period", "2026")
