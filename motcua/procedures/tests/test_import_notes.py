"""An import says what it could not place, and what it did, in Vietnamese."""

import pytest
from django.core.management import CommandError, call_command

from motcua.procedures.models import ChannelRule, Field
from motcua.procedures.rules.levels import unknown_levels
from motcua.procedures.tests.samples import csv_text, entry, json_text, row
from motcua.procedures.tests.test_import import LATER, take


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Cấp tỉnh, Cấp xã", []),
        ("cap xa", []),
        ("", []),
        ("Cơ quan khác", []),
        ("Cấp xã, Cấp thôn", ["Cấp thôn"]),
        ("Cấp liên bang", ["Cấp liên bang"]),
    ],
)
def test_a_level_that_does_not_exist_is_named(text, unknown):
    assert unknown_levels(text) == unknown


def test_a_row_with_an_unknown_level_gets_a_note(world):
    report = take(world, csv_text(row(cap_thuc_hien="Cấp thôn")))
    assert "Không có cấp thực hiện “Cấp thôn”" in " ".join(map(str, report.rows[0].notes))


def test_a_field_that_is_new_is_told_once_and_a_known_one_never(world):
    Field.objects.create(name="Hộ tịch")
    rows = [
        row(ma_tthc="1.900001", linh_vuc="Hộ tịch"),
        row(ma_tthc="1.900002", linh_vuc="Hộ tịhc"),
        row(ma_tthc="1.900003", linh_vuc="Hộ tịhc"),
    ]
    report = take(world, csv_text(*rows))
    told = [[str(note) for note in one.notes if "chưa có" in note.what] for one in report.rows]
    assert [len(notes) for notes in told] == [0, 1, 0]
    assert "“Hộ tịhc”" in told[1][0]


def test_a_limit_that_people_wrote_for_a_case_is_kept_and_the_import_says_so(world):
    take(world, json_text(entry()))
    rule = ChannelRule.objects.get(channel="counter")
    rule.variants = [{"case": "Cần xác minh", "amount": "8", "unit": "working_day"}]
    rule.save()
    report = take(world, json_text(entry(cach_thuc=[["truc_tiep", 4.0, "Ngày", 8000]])), at=LATER)
    (told,) = [str(note) for note in report.rows[0].notes]
    assert "Giữ thời hạn riêng cho trường hợp “Cần xác minh”, tệp không có" in told
    newest = ChannelRule.objects.filter(channel="counter").latest("version__number")
    assert (newest.amount, [one["case"] for one in newest.variants]) == (4, ["Cần xác minh"])
    assert not report.refused


def test_the_command_names_what_it_made_without_being_asked_twice(world, tmp_path, capsys):
    file = tmp_path / "danh-muc.csv"
    file.write_text(csv_text(*(row(ma_tthc=f"1.9{n:05d}") for n in range(45))), encoding="utf-8")
    call_command("catalogue", "import", str(file))
    out = capsys.readouterr().out
    assert "1.900007 · tạo mới" in out
    assert "dòng thay đổi khác" in out
    call_command("catalogue", "import", str(file))
    assert "không đổi:" not in capsys.readouterr().out


@pytest.mark.parametrize(("name", "why"), [("khong-co.csv", "không có tệp này"), ("", "đây là thư mục")])
def test_a_file_that_cannot_be_opened_is_explained_in_vietnamese(db, tmp_path, name, why):
    with pytest.raises(CommandError, match=why):
        call_command("catalogue", "import", str(tmp_path / name))
