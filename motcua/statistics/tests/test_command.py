"""`motcua report`: files, formats, and errors that say in Vietnamese what to do, with exit status 1."""

import json
import subprocess
import sys
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import openpyxl
import pytest
import time_machine
from django.core.management import CommandError, call_command

from motcua.core.errors import RuleViolation
from motcua.dossiers.testing import World, moment
from motcua.statistics.output.named import NAMED
from motcua.statistics.rules.layout import ORIGINAL
from motcua.statistics.rules.reports import CODES, FORMS, ReportForm

# The forms that count dossiers, which were promised for a day.
DUE_DATES = {"ii-06a", "ii-06b", "ii-06c", "ii-07", "07a-btp", "ii-08"}
COMMUNE = ("--agency", "H40.12")
YEAR = ("--period", "2026")


def run(*arguments: str) -> str:
    out = StringIO()
    with time_machine.travel(moment(days=90)):
        call_command("report", *arguments, stdout=out)
    return out.getvalue()


def test_json_is_written_to_the_screen(world: World) -> None:
    data = json.loads(run("II.06a", *COMMUNE, *YEAR))
    assert (data["form"]["code"], data["period"]["code"], data["period"]["from"]) == (
        "ii-06a",
        "2026",
        "2025-12-15",
    )
    assert (data["total"]["received"], data["scope"]["below"], data["generated_at"][:10]) == (
        6,
        False,
        "2027-01-31",
    )


def test_the_calendar_and_all_below_change_what_is_counted(world: World) -> None:
    data = json.loads(run("06a", "--agency", "000.00.00.H40", "--period", "2026-11", "--calendar", "--below"))
    assert (data["period"]["from"], data["period"]["to"], data["period"]["basis"]) == ("2026-11-01", "2026-11-30", "calendar")  # fmt: skip
    assert data["total"]["received"] == 8


def test_free_dates_stand_for_a_period(world: World) -> None:
    data = json.loads(run("II.07", *COMMUNE, "--from", "2026-11-01", "--to", "2026-11-10"))
    assert (data["period"]["code"], data["period"]["basis"], data["period"]["to"]) == ("", "", "2026-11-10")


def test_the_original_due_date_stands_beside_the_present_one(world: World) -> None:
    data = json.loads(run("II.06a", *COMMUNE, *YEAR, "--original"))
    total = data["total"]
    by_original = total["original_before"] + total["original_on"] + total["original_late"]
    assert (by_original, total["original_on_time_rate"], total["on_time_rate"]) == (3, "66.67", "66.67")
    assert "original_before" not in json.loads(run("II.06a", *COMMUNE, *YEAR))["total"]
    assert [c["title"] for c in data["columns"]][-1] == (
        "Theo hạn trả ban đầu, không kể tính lại và hẹn lại, Tỷ lệ đúng hạn (%), Hạn hiện nay"
    )


@pytest.mark.parametrize("code", [*CODES, *NAMED])
def test_every_report_gives_the_original_due_date_or_says_that_it_has_none(world: World, code: str) -> None:
    if code in DUE_DATES:
        total = json.loads(run(code, *COMMUNE, *YEAR, "--original"))["total"]
        assert total["original_before"] + total["original_on"] + total["original_late"] == 3
        assert total["original_on_time_rate"] == "66.67"
    else:
        with pytest.raises(CommandError, match=r"không đếm hồ sơ theo hạn trả|không phải biểu đếm hồ sơ"):
            run(code, *COMMUNE, *YEAR, "--original")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.code}-{form.valid_from}")
def test_every_form_of_every_time_has_the_columns_of_the_original_due_date_or_refuses(
    form: ReportForm,
) -> None:
    if form.code in DUE_DATES:
        assert set(ORIGINAL.leaves) <= set(form.with_original().leaves)
    else:
        with pytest.raises(RuleViolation) as caught:
            form.with_original()
        assert (caught.value.field, form.number in caught.value.message) == ("original", True)


@pytest.mark.parametrize(
    ("name", "code"), [("II.03", "ii-03"), ("tt01-2018", "tt01-2018"), ("TT01-2018-CB", "tt01-2018-cb")]
)
def test_forms_of_procedures_and_points_go_by_their_names(world: World, name: str, code: str) -> None:
    assert json.loads(run(name, *COMMUNE, *YEAR))["form"]["code"] == code


@pytest.mark.parametrize(
    ("kind", "start"), [("xlsx", b"PK"), ("pdf", b"%PDF"), ("csv", b"\xef\xbb\xbf(1) STT")]
)
def test_files_are_written(world: World, tmp_path: Path, kind: str, start: bytes) -> None:
    path = tmp_path / f"bao-cao.{kind}"
    assert run("II.06a", *COMMUNE, *YEAR, "--format", kind, "--output", str(path)) == ""
    assert path.read_bytes().startswith(start)


def test_binary_files_go_into_a_pipe_whole(world: World) -> None:
    raw = BytesIO()
    with TextIOWrapper(raw, encoding="utf-8") as pipe:
        call_command("report", "II.06a", *COMMUNE, *YEAR, "--format", "xlsx", stdout=pipe)
        assert openpyxl.load_workbook(BytesIO(raw.getvalue())).active["A10"].value == "III"


def test_binary_files_are_not_thrown_at_a_screen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with pytest.raises(CommandError, match="Thêm --output"):
        run("II.06a", *COMMUNE, *YEAR, "--format", "pdf")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Cho biết mã cơ quan"),
        (COMMUNE, "Cho biết tên biểu"),
        (("II.99", *COMMUNE, *YEAR), "Không có biểu “II.99”. Các biểu có sẵn: ii-06a"),
        (("mau-99", *COMMUNE, *YEAR), "Không có mẫu báo cáo này"),
        (("mau-x", *COMMUNE, *YEAR), "Không có biểu báo cáo này"),
        (("II.06a", "--agency", "H99.99", *YEAR), "Không có cơ quan mang mã “H99.99”"),
        (("II.06a", *COMMUNE), "Cho biết kỳ báo cáo"),
        (("II.06a", *COMMUNE, "--period", "2026-Q5"), "Kỳ báo cáo phải ghi như"),
        (("II.06a", *COMMUNE, "--from", "2026-01-01"), "Cho cả --from và --to"),
        (("II.06a", *COMMUNE, *YEAR, "--from", "2026-01-01", "--to", "2026-02-01"), "Chỉ cho --period, hoặc"),
        (("II.06a", *COMMUNE, "--from", "1/1/2026", "--to", "2026-02-01"), "--from phải là ngày dạng"),
        (("II.06a", *COMMUNE, "--from", "2026-02-01", "--to", "2026-01-01"), "Ngày cuối kỳ phải"),
        (("07a/BTP", *COMMUNE, "--period", "2025"), "chỉ dùng cho kỳ kết thúc từ ngày 01-01-2026"),
        (("qd-766", *COMMUNE, *YEAR, "--gathered"), "không dùng được --original, --gathered"),
        (("II.06a", *COMMUNE, *YEAR, "--format", "docx"), "Không có dạng tệp “docx”"),
        (("II.06a", *COMMUNE, *YEAR, "--output", "/khong/co/x.json"), "Không ghi được tệp"),
    ],
)
def test_what_is_wrong_is_said_with_exit_status_1(
    world: World, arguments: tuple[str, ...], said: str
) -> None:
    with pytest.raises(CommandError, match=said.replace("(", r"\(").replace(".", r"\.")) as caught:
        run(*arguments)
    assert caught.value.returncode == 1


def test_the_shell_sees_the_status(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "django", "report", "II.06a", "--format", "docx"]
    env = {
        "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
        "MOTCUA_HOME": str(tmp_path),
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Không có dạng tệp “docx”. Chọn một trong: xlsx, pdf, csv, json.\n"
