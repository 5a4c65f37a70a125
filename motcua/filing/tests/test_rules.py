"""Steps, parts of files, particulars, drafts: as values."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.errors import RuleViolation
from motcua.dossiers.rules.intake import Requirement
from motcua.filing.rules import chunks, drafts, intake, papers, party, steps
from motcua.filing.rules.chunks import Fate

TODAY = date(2026, 11, 2)


def test_the_pages_come_in_the_order_in_which_one_thinks() -> None:
    assert steps.steps_for(has_cases=True, sections=["con", "cha"], has_papers=True) == (
        "noi-nop", "truong-hop", "cho-ai", "chu-ho-so", "to-khai-con", "to-khai-cha", "giay-to", "nhan-ket-qua", "kiem-tra",
    )  # fmt: skip
    assert steps.steps_for(has_cases=False, sections=[], has_papers=False) == (
        "noi-nop", "cho-ai", "chu-ho-so", "nhan-ket-qua", "kiem-tra",
    )  # fmt: skip


def test_one_goes_on_back_and_again() -> None:
    pages = ("a", "b", "c")
    assert [steps.next_of(pages, step) for step in "abcx"] == ["b", "c", "c", "c"]
    assert [steps.previous_of(pages, step) for step in "abcx"] == ["", "a", "b", ""]
    assert steps.resume_at(pages, "b", []) == "b"
    assert steps.resume_at(pages, "gone", ["a"]) == "b"
    assert steps.resume_at(pages, "gone", pages) == "c"
    assert steps.open_steps(pages, ["b"]) == ("a",)
    assert (steps.section_of("to-khai-con"), steps.section_of("giay-to")) == ("con", "")


@pytest.mark.parametrize(
    ("offset", "size", "received", "fate"),
    [
        (0, 10, 0, Fate.TAKE),
        (10, 10, 10, Fate.TAKE),
        (0, 10, 10, Fate.KNOWN),
        (20, 5, 10, Fate.GAP),
        (5, 10, 10, Fate.GAP),
    ],
)
def test_a_part_is_taken_known_or_leaves_a_gap(offset: int, size: int, received: int, fate: Fate) -> None:
    assert chunks.fate_of(offset=offset, size=size, received=received, total=100) is fate


@pytest.mark.parametrize(("offset", "size"), [(0, 0), (-1, 5), (98, 5), (0, chunks.PART_BYTES + 1)])
def test_a_part_of_the_wrong_size_is_refused(offset: int, size: int) -> None:
    with pytest.raises(RuleViolation, match="kích thước"):
        chunks.fate_of(offset=offset, size=size, received=0, total=100)


@given(st.lists(st.integers(0, 9), max_size=60))
def test_however_parts_come_what_is_here_has_no_hole(order: list[int]) -> None:
    received, size = 0, 10
    for number in order:
        if chunks.fate_of(offset=number * size, size=size, received=received, total=100) is Fate.TAKE:
            assert number * size == received
            received += size
    assert received <= 100


@pytest.mark.parametrize(
    ("name", "size", "mark", "said"),
    [
        (" ", 1, "", "chưa có tên"),
        ("a.pdf", 0, "", "rỗng"),
        ("a.pdf", 11 * 2**20, "", "lớn hơn 10 MB"),
        ("a.pdf", 5, "x" * 64, "Mã kiểm tra"),
        ("a.pdf", 5, "ab", "Mã kiểm tra"),
    ],
)
def test_a_file_is_announced_rightly_or_not_at_all(name: str, size: int, mark: str, said: str) -> None:
    with pytest.raises(RuleViolation, match=said):
        chunks.require_announced(name, size, mark, 10 * 2**20)


def test_a_draft_has_room_for_so_many_files_and_a_person_for_so_many_drafts() -> None:
    chunks.require_room(1, 2)
    drafts.require_few(drafts.MOST_DRAFTS - 1)
    with pytest.raises(RuleViolation, match="nhiều nhất 2 tệp"):
        chunks.require_room(2, 2)
    with pytest.raises(RuleViolation, match="bản nháp"):
        drafts.require_few(drafts.MOST_DRAFTS)


def test_what_a_newer_form_still_asks_for_is_carried_over() -> None:
    old = {"con": {"ten": "Bảo", "bo_di": "x"}, "cha": {"ten": "Nam"}, "hong": "không phải mục"}
    assert drafts.carried(old, {"con": {"ten", "moi"}, "me": {"ten"}, "hong": {"a"}}) == {
        "con": {"ten": "Bảo"}
    }
    assert drafts.expiry(datetime(2026, 1, 1, tzinfo=UTC), 90) - timedelta(days=90) == datetime(
        2026, 1, 1, tzinfo=UTC
    )
    assert drafts.is_stale(1, 2)


WHOLE = {
    "name": "Nguyễn Thị Na",
    "identity_number": "001099000001",
    "phone": "0900000001",
    "address": "Thôn Đông",
}


@pytest.mark.parametrize(
    ("acting", "change", "field", "said"),
    [
        ("self", {"name": ""}, "name", "Nhập họ"),
        ("self", {"identity_number": "12"}, "identity_number", "chữ số"),
        ("self", {"identity_number": ""}, "identity_number", "số định danh"),
        ("self", {"identity_number": "TK0000001"}, "identity_country", "chọn nước cấp hộ chiếu"),
        ("self", {"identity_country": "???"}, "identity_country", "trong danh sách"),
        ("self", {"identity_country": "JPN"}, "identity_number", "Số hộ chiếu không đúng"),
        ("self", {"birth_date": "31/02/1990"}, "birth_date", "ngày/tháng/năm"),
        ("self", {"birth_date": "01/01/2030"}, "birth_date", "không sau hôm nay"),
        ("self", {"phone": "12"}, "phone", ""),
        ("self", {"email": "khong-phai"}, "email", "thư điện tử"),
        ("self", {"address": " "}, "address", "địa chỉ"),
        ("other", {}, "authorisation", "ủy quyền"),
        ("organisation/1", {"tax_code": ""}, "tax_code", "mã số thuế"),
        ("organisation/1", {"tax_code": "12"}, "tax_code", ""),
        ("organisation/1", {"name": ""}, "name", "tên tổ chức"),
    ],
)
def test_what_is_wrong_with_particulars_is_said_at_its_field(
    acting: str, change: dict, field: str, said: str
) -> None:
    found = party.check({**WHOLE, **change}, acting, TODAY)
    assert said in found[field]


def test_particulars_that_are_whole_have_nothing_wrong() -> None:
    more = {"birth_date": "05/01/1990", "email": "na@example.test", "authorisation": "mẹ"}
    assert party.check({**WHOLE, **more}, "other", TODAY) == {}
    for number in ("TK0000001", "100000001"):  # of some countries a passport's number is all digits
        assert (
            party.check({**WHOLE, "identity_number": number, "identity_country": "USA"}, "self", TODAY) == {}
        )
    company = {"name": "Công ty Mẫu", "tax_code": "0100109106", "phone": "0900000001", "address": "Thôn Đông"}
    assert party.check(company, "organisation/1", TODAY) == {}
    assert party.read({"name": "  Na ", "la": "x"})["name"] == "Na"
    assert len(party.read({"name": "a" * 999})["name"]) == 250


@pytest.mark.parametrize(
    ("delivery", "field"),
    [
        ({}, "way"),
        ({"way": "bo"}, "way"),
        ({"way": "post"}, "address"),
        ({"way": "post", "address": "Thôn"}, ""),
        ({"way": "online"}, ""),
    ],
)
def test_how_the_result_is_received_must_be_said(delivery: dict, field: str) -> None:
    assert list(party.check_delivery(delivery)) == ([field] if field else [])


def paper(number: int, **change: object) -> Requirement:
    return Requirement(number, f"Giấy {number}", **change)


def file(number: int | None) -> SimpleNamespace:
    return SimpleNamespace(file_id=number, name="a.pdf")


def test_papers_become_what_reception_takes() -> None:
    wanted = [
        paper(1),
        paper(2, presented_only=True),
        paper(3),
        paper(4, required=False),
        paper(5, note_only=True),
    ]
    lines = papers.lines_of(wanted, {3}, {1: [file(7), file(8)]})
    rows = papers.handed_in(lines)
    assert [(row.paper_id, row.file_id, row.electronic, bool(row.waiver)) for row in rows] == [
        (1, 7, 1, False), (1, 8, 1, False), (2, None, 0, True), (3, None, 1, False),
    ]  # fmt: skip
    assert [line.is_note for line in lines] == [False, False, True, False, True]
    assert not any(line.problem for line in lines)


def test_a_paper_that_must_be_filed_is_missed_and_a_broken_off_file_too() -> None:
    missed, broken = papers.lines_of([paper(1), paper(2, required=False)], (), {2: [file(None)]})
    assert "Chưa có tệp" in missed.problem
    assert "tải dở" in broken.problem
    assert papers.handed_in([broken]) == ()


def sent(**change: object) -> SimpleNamespace:
    values = {
        "office_id": 1, "resolving_id": 2, "procedure_id": 3, "form_version_id": None, "case": "", "limit_case": "",
        "acting": "self", "party": {**WHOLE, "birth_date": "05/01/1990"}, "delivery": {"way": "online"},
    }  # fmt: skip
    return SimpleNamespace(**(values | change))


OWNER = intake.Owner(9, "Trần Văn Nộp", "001099000002", "0900000002", "", "Thôn Tây")


def test_who_files_for_oneself_is_the_applicant_alone() -> None:
    made = intake.intake_of(sent(), OWNER, "citizen", [], {"a": 1})
    assert (made.submitter, made.holder_right, made.answers, made.applicant.birth_date) == (
        None,
        "owner",
        None,
        date(1990, 1, 5),
    )


@pytest.mark.parametrize(
    ("acting", "said"), [("other", "mẹ"), ("organisation/4", "tổ chức"), ("user/4", "Ủy quyền đã ghi nhận")]
)
def test_who_files_for_another_is_its_submitter_with_the_right_to(acting: str, said: str) -> None:
    party_ = {**WHOLE, "authorisation": "mẹ"}
    post = {"way": "post", "address": "Thôn Đông"}
    made = intake.intake_of(
        sent(acting=acting, party=party_, delivery=post, form_version_id=5), OWNER, "citizen", [], {"a": 1}
    )
    assert made.submitter is not None
    assert (made.submitter.name, made.holder_right, made.answers) == (
        "Trần Văn Nộp",
        "representative",
        {"a": 1},
    )
    assert said in made.authorisation
    assert "Thôn Đông" in made.content
    assert made.applicant.birth_date is None
