"""Whole files, merging of sources, files of processes, mutations."""

import codecs
import contextlib
import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.procedures.rules import portal_csv, portal_files, portal_json, process_files
from motcua.procedures.rules.facts import (
    Facts,
    LimitRow,
    changed_only,
    content_hash,
    kept_cases,
    merge,
    part_hashes,
    says_nothing,
)
from motcua.procedures.rules.portal import UnreadableFile, decode
from motcua.procedures.tests.samples import (
    COLUMNS,
    csv_text,
    entry,
    json_text,
    read_entry,
    read_row,
    row,
)


@pytest.mark.parametrize("raw", [b"", b"\xef\xbb\xbf", b" \r\n"])
def test_an_empty_file_is_refused(raw):
    with pytest.raises(UnreadableFile, match="rỗng"):
        decode(raw)


def test_encodings_are_known_or_refused_never_guessed():
    text = csv_text(row())
    assert decode(codecs.BOM_UTF8 + text.encode()) == text
    assert decode(text.encode("utf-16")) == text
    with pytest.raises(UnreadableFile, match="Windows-1258"):
        decode("Việt".encode("cp1258", "replace") + b"\xe3\xff")
    with pytest.raises(UnreadableFile, match="UTF-16"):
        decode(codecs.BOM_UTF16_LE + b"\x00\xd8\x00")


@pytest.mark.parametrize(
    ("raw", "form"),
    [(b"\xef\xbb\xbf [ ]", "json"), (b'{"quy_trinh": []}', "processes"), (csv_text(row()).encode(), "csv")],
)
def test_the_form_is_told_by_the_content(raw, form):
    assert portal_files.read(raw).form == form


def test_a_web_page_is_refused():
    with pytest.raises(UnreadableFile, match="HTML"):
        portal_files.read(b"<html></html>")


def test_a_json_that_is_no_list_is_refused():
    with pytest.raises(UnreadableFile, match="danh sách"):
        portal_json.parse('"x"')


def test_writing_and_reading_again_gives_the_same_facts():
    csv_row, json_row = read_row(truc_tiep_don_vi="Tuần", truc_tuyen_thoi_gian="1,5"), read_entry()
    assert portal_csv.parse(portal_csv.write([csv_row.facts])).rows[0].facts == csv_row.facts
    assert portal_json.parse(portal_json.write([json_row.facts])).rows[0].facts == json_row.facts


def test_what_is_only_counted_is_left_out_of_the_json_form():
    merged = merge(Facts("1.900001"), read_row(so_dong_cach_thuc="6").facts)
    written = json.loads(portal_json.write([merged]))[0]
    assert "thanh_phan" not in written
    assert "can_cu" not in written
    assert written["so_dong_cach_thuc"] == 6
    assert merge(merged, portal_json.parse(json.dumps([written])).rows[0].facts) == merged


def test_merging_two_sources_settles_at_once_and_stays():
    first = merge(merge(Facts("1.900001"), read_row().facts), read_entry().facts)
    assert content_hash(merge(first, read_row().facts)) == content_hash(first)
    assert content_hash(merge(first, read_entry().facts)) == content_hash(first)
    assert [r.name for r in first.results] == ["Giấy thử", "Thông báo"]
    assert first.levels_text == "Cấp tỉnh, Cấp xã"
    assert len(first.papers) == 2


def test_an_amount_without_a_unit_says_nothing_against_a_settled_limit():
    settled = merge(Facts("1.900001"), read_row(truc_tiep_thoi_gian="1", truc_tiep_don_vi="Trong ngày").facts)
    after = merge(
        settled, read_row(truc_tiep_thoi_gian="3", truc_tiep_don_vi="", truc_tiep_phi_vnd="9000").facts
    )
    limit = after.channels["counter"][0]
    assert (limit.amount, limit.unit, limit.fee_dong) == (1, "same_day", 9000)


def test_a_channel_that_the_file_no_longer_offers_goes():
    full = merge(Facts("1.900001"), read_row().facts)
    after = merge(full, read_row(truc_tuyen_thoi_gian="", truc_tuyen_don_vi="", truc_tuyen_phi_vnd="").facts)
    assert list(after.channels) == ["counter"]


def limits(*rows: tuple[int, str]) -> Facts:
    made = tuple(LimitRow(Decimal(amount), "working_day", case=case) for amount, case in rows)
    return Facts("1.900001", channels={"counter": made})


@pytest.mark.parametrize(
    ("held", "said", "after", "kept"),
    [
        # As many as before: cases stay at their places, whatever the figures.
        ([(3, ""), (8, "A")], [(4, ""), (9, "")], [(4, ""), (9, "A")], ()),
        # One that people added stays, and does not name a row of the file that is new.
        ([(3, ""), (8, "A")], [(4, "")], [(4, ""), (8, "A")], ("A",)),
        ([(3, ""), (8, "A")], [(3, ""), (5, ""), (6, "")], [(3, ""), (5, ""), (6, ""), (8, "A")], ("A",)),
        # Known again by its figures.
        ([(3, ""), (8, "A"), (9, "B")], [(3, ""), (9, "")], [(3, ""), (9, "B"), (8, "A")], ("A",)),
        # Without a case nobody wrote it: it goes with the file.
        ([(3, ""), (8, "")], [(3, "")], [(3, "")], ()),
    ],
)
def test_limits_that_people_wrote_for_a_case_survive_a_file(held, said, after, kept):
    merged = merge(limits(*held), limits(*said))
    assert merged.channels == limits(*after).channels
    assert kept_cases(limits(*said), merged) == kept
    assert merge(merged, limits(*said)) == merged


def test_a_channel_whose_columns_are_missing_stays():
    full = merge(Facts("1.900001"), read_row().facts)
    columns = tuple(c for c in COLUMNS if not c.startswith("truc_tuyen"))
    partial = portal_csv.parse(csv_text(row(), columns=columns)).rows[0].facts
    assert list(merge(full, partial).channels) == ["online", "counter"]


def test_new_codes_of_results_keep_the_names_that_are_known():
    full = merge(Facts("1.900001"), read_entry().facts)
    after = merge(full, read_row(ma_ket_qua="KQ.G15.900002|KQ.G15.900003").facts)
    assert [(r.code, r.name) for r in after.results] == [
        ("KQ.G15.900002", "Thông báo"),
        ("KQ.G15.900003", ""),
    ]


def test_only_what_a_source_changed_since_its_last_import_counts():
    before = part_hashes(read_row().facts)
    assert says_nothing(changed_only(read_row().facts, before))
    changed = changed_only(read_row(ten_tthc="Tên mới").facts, before)
    assert (changed.name, changed.field) == ("Tên mới", None)


PROCESS = {
    "quy_trinh": [
        {"ma": "1.900001", "cac_buoc": [{"ten": "Một", "loai": "review", "cong_viec": [{"ten": "Việc", "noi": "fixed", "co_quan": "H99", "vai_tro": "officer", "gio": 1.5, "phong": "P", "chu_tri": False, "bat_buoc": False}]}]}
    ]
}  # fmt: skip


def test_processes_are_read_and_written_alike():
    parsed = process_files.parse(json.dumps(PROCESS))
    assert not parsed.rows[0].refused
    again = process_files.parse(process_files.write(parsed.rows))
    assert again.rows == parsed.rows
    assert parsed.rows[0].stages[0].tasks[0].hours == Decimal("1.5")


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (5, "không phải là một quy trình"),
        ({"ma": "1.900001"}, "Thiếu danh sách “cac_buoc”"),
        ({"ma": "1.900001", "cac_buoc": [5]}, "bước không đúng dạng"),
        ({"ma": "1.900001", "cac_buoc": [{"ten": "x", "loai": "la", "cong_viec": []}]}, "Loại bước"),
        ({"ma": "1.900001", "cac_buoc": [{"ten": "x", "cong_viec": [5]}]}, "công việc không đúng dạng"),
        (
            {
                "ma": "1.900001",
                "cac_buoc": [{"ten": "x", "cong_viec": [{"ten": "y", "noi": "la", "gio": 1}]}],
            },
            "Nơi làm",
        ),
        ({"ma": "1.900001", "cac_buoc": [{"ten": "x", "cong_viec": [{"ten": "y", "gio": None}]}]}, "Số giờ"),
        ({"ma": "", "cac_buoc": []}, "Thiếu mã"),
    ],
)
def test_a_process_that_cannot_be_taken_is_refused(entry, words):
    one = process_files.parse(json.dumps({"quy_trinh": [entry]})).rows[0]
    assert one.refused
    assert words in " ".join(str(note) for note in one.notes)


@pytest.mark.parametrize("text", ['{"quy_trinh": 5}', '{"quy', "{}"])
def test_a_file_without_processes_is_refused(text):
    with pytest.raises(UnreadableFile):
        process_files.parse(text)


junk = st.text(max_size=40) | st.sampled_from(
    ["-1", "1e9", "９", "1,5", "Tuần", "Ngày", '"', "|||", "\x00", "1.900001", "=1+1"]
)


cells_of_a_row = st.dictionaries(st.sampled_from(COLUMNS), junk, max_size=6)


@given(st.lists(cells_of_a_row, min_size=1, max_size=4))
@settings(max_examples=150)
def test_mutated_rows_never_crash_and_always_say_why(changes):
    parsed = portal_csv.parse(csv_text(*(row(**change) for change in changes)))
    for one in parsed.rows:
        assert one.facts is not None or any(note.refuses for note in one.notes)


@given(st.binary(max_size=300))
@settings(max_examples=150)
def test_any_bytes_are_read_or_refused(raw):
    with contextlib.suppress(UnreadableFile):
        assert portal_files.read(raw).form


anything = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8), lambda x: st.lists(x, max_size=4) | st.dictionaries(st.text(max_size=4), x, max_size=3), max_leaves=8)  # fmt: skip


@given(
    st.dictionaries(
        st.sampled_from(
            ["ma", "ten", "linh_vuc", "cach_thuc", "thanh_phan", "ket_qua", "can_cu", "so_dong_cach_thuc"]
        ),
        anything,
        max_size=4,
    )
)
@settings(max_examples=150)
def test_mutated_entries_never_crash(changes):
    one = portal_json.parse(json_text(entry(**changes))).rows[0]
    assert one.facts is not None or any(note.refuses for note in one.notes)


@given(
    st.dictionaries(
        st.sampled_from(["truc_tiep_thoi_gian", "truc_tiep_phi_vnd"]), st.integers(0, 9999).map(str)
    ),
    st.dictionaries(st.sampled_from(["truc_tiep_thoi_gian"]), st.integers(0, 99).map(str)),
)
def test_merging_is_idempotent(one, other):
    a, b = read_row(**one).facts, read_row(**other).facts
    once = merge(merge(Facts("1.900001"), a), b)
    assert merge(once, b) == once
