"""`motcua clock` as its users meet it: a process with files, exit status and two streams."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from motcua.workdays import cases

HEADER = "id,received_at,amount,unit,suspensions\n"


@pytest.fixture
def clock(tmp_path, capfd):
    """Run the command on the text of a file; gives (status, output, errors)."""

    def run(text: str | bytes, *options: str, calendar: dict | str | None = None):
        path = tmp_path / "cases.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        argv = ["--cases", str(path), *options]
        if calendar is not None:
            file = tmp_path / "lich.json"
            file.write_text(calendar if isinstance(calendar, str) else json.dumps(calendar), encoding="utf-8")
            argv += ["--calendar", str(file)]
        status = cases.main(argv)
        captured = capfd.readouterr()
        return status, captured.out, captured.err

    return run


def test_each_case_gets_a_line(clock):
    status, out, err = clock(
        HEADER
        + "a,2026-08-20T09:00,3,working_day,\n"
        + "b,2026-02-02T09:00,20,calendar_day,\n"
        + "c,2026-10-05T09:00,5,working_day,2026-10-07/2026-10-09;2026-10-14/2026-10-15\n"
        + "d,2026-11-20T09:00,2.5,working_hour,\n"
        + "e,2026-11-20T15:01,,same_day,\n"
        + "f,2026-11-20T15:01,,none,\n"
    )
    assert (status, err) == (0, "")
    assert out == (
        "id,due_at\na,2026-08-24T17:30\nb,2026-02-23T17:30\nc,2026-10-15T17:30\nd,2026-11-20T11:30\n"
        "e,2026-11-23T17:30\nf,\n"
    )


def test_a_calendar_file_takes_the_place_of_the_national_one(clock):
    calendar = {
        "sessions": {"mon": ["07:30-11:30", "13:30-17:30"], "fri": ["08:00-12:00"]},
        "days": {"2026-01-02": "off", "2026-01-10": "work", "2026-08-22": {"work": ["08:00-12:00"]}},
    }
    status, out, _ = clock(
        HEADER
        + "a,2026-01-01T09:00,1,working_day,\nb,2026-08-21T10:00,1,working_day,\nc,2050-01-03T09:00,1,month,\n",
        calendar=calendar,
    )
    assert status == 0
    assert out == "id,due_at\na,2026-01-09T12:00\nb,2026-08-22T12:00\nc,2050-02-04T12:00\n"


def test_columns_in_any_order_extra_ones_bom_crlf_and_vietnamese_units(clock):
    text = 'Ghi chú,UNIT,amount, received_at ,id\r\nx,Ngày làm việc,3, 2026-08-20T09:00 ,"a,1"\r\n\r\ny,Giờ,"2,5",2026-11-20 09:00:00,b\r\n'
    status, out, err = clock(b"\xef\xbb\xbf" + text.encode())
    assert (status, err) == (0, "")
    assert out == 'id,due_at\n"a,1",2026-08-24T17:30\nb,2026-11-20T11:30\n'


@pytest.mark.parametrize("separator", [";", "\t"])
def test_the_separators_of_spreadsheets_are_understood(clock, separator):
    text = (HEADER + "a,2026-08-20T09:00,3,working_day,\n").replace(",", separator)
    assert clock(text)[1] == "id,due_at\na,2026-08-24T17:30\n"


def test_bad_rows_are_named_and_the_good_ones_still_answered(clock):
    status, out, err = clock(
        HEADER
        + "a,2026-08-20T09:00,3,working_day,\n"
        + "b,20/08/2026,3,working_day,\n"
        + "c,2026-08-20T09:00,ba,working_day,\n"
        + "d,2026-08-20T09:00,3,tuần,\n"
        + "e,2026-08-20T09:00,3,working_day,2026-08-21\n"
        + "f,2026-08-20T09:00,3,working_day,2026-08-24/2026-08-21\n"
        + "g,2026-08-20T09:00,0.5,working_day,\n"
        + "h,2026-08-20T09:00+07:00,3,working_day,\n"
        + "i,2026-08-20,3,working_day,\n"
        + "j,2026-08-20T09:00\n"
        + "k,2031-08-20T09:00,3,working_day,\n"
        + "l,2026-08-20T09:00,3,working_day,\n"
        + "m,2026-08-20T09:00,3,working_day,2026-08-21/9999-12-31\n"
    )
    assert status == 1
    rows = dict(csv.reader(io.StringIO(out)))
    good = {"id": "due_at", "a": "2026-08-24T17:30", "l": "2026-08-24T17:30"}
    assert rows == good | dict.fromkeys("bcdefghijkm", "")
    lines = err.splitlines()
    for number, name, text in [
        (3, "b", "mẫu 2026-01-05T09:30"),
        (4, "c", "“ba” không đọc được"),
        (5, "d", "Đơn vị thời hạn “tuần”"),
        (6, "e", "“2026-08-21” không đọc được"),
        (7, "f", "kết thúc trước khi bắt đầu"),
        (8, "g", "không nguyên"),
        (9, "h", "giờ Việt Nam"),
        (10, "i", "mẫu 2026-01-05T09:30"),
        (11, "j", "cần ít nhất 4"),
        (12, "k", "chỉ có đến ngày 31/12/2028"),
        (14, "m", "quá dài"),
    ]:
        line = next(line for line in lines if line.startswith(f"Dòng {number} (id {name}): "))
        assert text in line
    assert lines[-1].startswith("11 dòng không tính được hạn")


def test_provisional_due_dates_are_named_on_standard_error(clock):
    rows = "".join(f"{n},2026-12-30T09:00,5,working_day,\n" for n in range(22))
    status, out, err = clock(HEADER + rows)
    assert status == 0
    assert "0,2027-01-07T17:30" in out
    assert err.startswith(
        "Lưu ý: 22 hạn trả dựa trên lịch nghỉ tạm tính, chưa công bố (từ 01/01/2027): dòng 2, 3,"
    )
    assert "…" in err
    status, _, err = clock(HEADER + "a,2026-12-30T09:00,5,working_day,\n", "--explain")
    assert "1 hạn trả dựa trên lịch nghỉ tạm tính" in err


def test_explain_adds_the_derivation_as_a_third_column(clock):
    status, out, err = clock(
        HEADER
        + "a,2026-08-20T09:00,3,working_day,\nb,x,3,working_day,\nc,2031-08-20T09:00,3,month,\nd,2026-08-20T09:00,,none,\n",
        "--explain",
    )
    rows = list(csv.reader(io.StringIO(out)))
    assert status == 1
    assert rows[0] == ["id", "due_at", "derivation"]
    assert rows[1][:2] == ["a", "2026-08-24T17:30"]
    assert "Tính thứ Bảy 22/08/2026: làm bù cho ngày 31/08/2026" in rows[1][2]
    assert rows[2][:2] == ["b", ""]
    assert rows[2][2].startswith("Không tính được: received_at “x” không đọc được")
    assert rows[3][2].startswith("Không tính được: Lịch làm việc chỉ có đến")
    assert rows[4][1] == ""
    assert "không có hạn trả" in rows[4][2]
    assert "Dòng 4 (id c)" in err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Tệp trống"),
        ("id,amount\n1,2\n", "Thiếu cột received_at, unit"),
        (HEADER.encode() + b"a,\xff\xfe,1,none,\n", "không phải UTF-8"),
    ],
)
def test_an_unusable_file_ends_with_status_two(clock, text, message):
    status, _, err = clock(text)
    assert status == 2
    assert message in err


def test_a_cell_too_long_for_csv_ends_with_status_two(clock):
    before = csv.field_size_limit(100)
    try:
        status, _, err = clock(HEADER + f"a,{'x' * 101},1,none,\n")
    finally:
        csv.field_size_limit(before)
    assert status == 2
    assert "Dòng 2: không phải CSV hợp lệ" in err


def test_a_bad_calendar_or_a_missing_file_ends_with_status_two(clock, capfd):
    assert clock(HEADER, calendar="{")[0] == 2
    assert cases.main(["--cases", "/khong/co.csv"]) == 2
    assert "không đọc được /khong/co.csv: không có tệp này." in capfd.readouterr().err


def test_a_reader_that_leaves_early_is_no_error(monkeypatch, tmp_path):
    def leave(*args, **options):
        raise BrokenPipeError

    monkeypatch.setattr(cases, "write_due_dates", leave)
    closed = []
    monkeypatch.setattr(cases.os, "dup2", lambda *args: closed.append(args))
    path = tmp_path / "cases.csv"
    path.write_text(HEADER)
    assert cases.run(str(path), None, explain=False) == 1
    assert closed


def test_it_is_a_management_command_too(tmp_path, capfd):
    path = tmp_path / "cases.csv"
    path.write_text(HEADER + "a,2026-08-20T09:00,3,working_day,\n")
    call_command("clock", cases=str(path), calendar=None, explain=False)
    assert capfd.readouterr().out.endswith("a,2026-08-24T17:30\n")
    path.write_text(HEADER + "a,x,3,working_day,\n")
    with pytest.raises(SystemExit) as left:
        call_command("clock", cases=str(path))
    assert left.value.code == 1


def run_process(argv: list[str], text: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", "from motcua.cli import main; main()", "clock", *argv],
        input=text.encode(),
        capture_output=True,
        check=False,
        cwd=Path(cases.__file__).parents[2],
    )


def test_the_process_reads_standard_input_and_loads_no_django():
    text = HEADER + "a,2026-08-20T09:00,3,working_day,\n"
    done = run_process(["--cases", "-"], text)
    assert (done.returncode, done.stdout.decode()) == (0, "id,due_at\na,2026-08-24T17:30\n")
    probe = "import sys, motcua.workdays.cases; sys.exit(any(m == 'django' or m.startswith('django.') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0


def test_the_process_ends_with_its_status():
    assert run_process(["--cases", "-"], HEADER + "a,x,3,working_day,\n").returncode == 1
    assert run_process(["--cases", "/khong/co.csv"], "").returncode == 2
