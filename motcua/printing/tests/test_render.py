"""Rendering: text, copies, pages, safety of data, same bytes for same data, many threads."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from motcua.printing import press, samples
from motcua.printing.actions import prepared, render, render_to_sign
from motcua.printing.rules.forms import FORMS
from motcua.printing.rules.schema import FormDataError
from motcua.printing.tests.tools import flat_text, needs_poppler, pages_of, pictures_of, text_of

MARKUP = 'Nguyễn #Văn *A* [B] @C $D$ _E_ `F` <G> \\H // I /* K */ = L - M #sys.inputs #read("lib.typ")'


def test_every_form_has_a_sample() -> None:
    assert {template for template, _ in samples.SAMPLES.values()} == set(FORMS)


def test_same_data_give_the_same_bytes() -> None:
    assert render("receipt_slip", samples.RECEIPT) == render("receipt_slip", samples.RECEIPT)


def test_file_says_that_it_is_archival_tagged_and_vietnamese() -> None:
    pdf = render("receipt_slip", samples.RECEIPT)
    assert pdf.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/Lang(vi-VN)" in pdf


def test_file_is_dated_by_its_data_and_not_by_the_clock() -> None:
    assert b"2026-01-05" in render("receipt_slip", samples.RECEIPT)
    assert b"2026-01-06" in render("receipt_slip", {**samples.RECEIPT, "date": "2026-01-06"})


@needs_poppler
def test_diacritics_survive_as_text() -> None:
    text = flat_text(render("receipt_slip", samples.RECEIPT))
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Nguyễn Thị Ngọc Ánh",
        "Thủ tục đăng ký khai sinh",
        "Kim Sơn, ngày 05 tháng 01 năm 2026",
        "17 giờ 00 phút, ngày 08 tháng 01 năm 2026",
        "Hai mươi bốn nghìn đồng",
        "H40.12-260105-0007",
        "Số: 07/TNHS",
    ):
        assert words in text


@needs_poppler
@pytest.mark.parametrize("name", samples.SAMPLES)
def test_title_and_form_number_are_those_of_the_data(name: str) -> None:
    template, data = samples.SAMPLES[name]
    text = flat_text(render(template, data))
    assert data["form_title"].upper() in text
    assert data["form_number"] in text


@needs_poppler
def test_text_typed_as_markup_is_printed_as_typed() -> None:
    text = flat_text(render("receipt_slip", {**samples.RECEIPT, "applicant": MARKUP, "barcode": False}))
    assert " ".join(MARKUP.split()) in text


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_markup_in_any_text_harms_no_form(name: str) -> None:
    template, data = samples.SAMPLES[name]
    assert render(template, with_markup(data)).startswith(b"%PDF")


def with_markup(value: Any, key: str = "") -> Any:
    """The data with every free text made hostile; codes, dates, choices and web addresses stay."""
    if isinstance(value, dict):
        return {k: with_markup(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [with_markup(v, key) for v in value]
    keep = [
        "at",
        "code",
        "kind",
        "verify_url",
        "url",
        "channel",
        "delivery",
        "wording",
        "outcome",
        "layout",
        "paper",
    ]
    if not isinstance(value, str) or key in keep or key.endswith(("_at", "_on", "_by", "date", "due")):
        return value
    return MARKUP + " \\u{41} \n#panic() 😀 漢"


def test_sign_without_a_glyph_becomes_a_mark_and_stops_nothing() -> None:
    form = prepared("receipt_slip", {**samples.RECEIPT, "applicant": "An 😀 漢\u202e\x07Bình"})
    assert form["applicant"] == "An \ufffd \ufffdBình"


@needs_poppler
@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"fees": [], "fee_total": 0, "fee_note": ""}, "6. Phí, lệ phí: không thu"),
        ({"fees": [], "fee_total": 0, "fee_note": "Miễn lệ phí"}, "6. Phí, lệ phí: Miễn lệ phí 7."),
        ({"fees": [], "fee_total": None, "fee_note": ""}, "6. Phí, lệ phí: ....."),
        ({"fee_note": ""}, "trích lục: 16.000 đồng; tổng cộng 24.000 đồng (Hai mươi bốn nghìn đồng) 7."),
    ],
)
def test_fees_are_said_whole_or_not_at_all(change: dict[str, Any], line: str) -> None:
    assert line in flat_text(render("receipt_slip", {**samples.RECEIPT, **change}))


@needs_poppler
def test_two_copies_are_labelled_and_numbered_each_from_one() -> None:
    pdf = render("receipt_slip", {**samples.RECEIPT, "copies": 2})
    first, second = text_of(pdf).split("\f")[:2]
    assert "Liên 1: Giao người nộp hồ sơ" in first
    assert "Liên 2: Lưu kèm hồ sơ" in second
    assert pages_of(pdf) == 2
    assert len({picture.size for picture in pictures_of(pdf, 20)}) == 1


@needs_poppler
def test_labels_of_copies_may_be_named() -> None:
    labels = ["Bản của công dân", "Bản lưu", "Bản kế toán"]
    pdf = render("payment_receipt", {**samples.PAYMENT, "copy_labels": labels})
    assert pages_of(pdf) == 3
    assert all(label in flat_text(pdf) for label in labels)


@needs_poppler
def test_usual_slip_fits_one_sheet_and_twenty_long_papers_go_on() -> None:
    assert pages_of(render("receipt_slip", samples.RECEIPT)) == 1
    long = render(*samples.SAMPLES["receipt_slip_long"])
    assert pages_of(long) == 6
    pages = text_of(long).split("\f")
    assert "Giấy tờ số 20" in " ".join(" ".join(pages).split())
    for signed in (page for page in pages if "NGƯỜI NỘP HỒ SƠ" in page):
        assert "NGƯỜI TIẾP NHẬN HỒ SƠ" in signed
        assert "Trần Văn Bình" in signed
        assert "Vào Sổ theo dõi hồ sơ" in signed  # the signatures never stand on a sheet of their own


@needs_poppler
@pytest.mark.parametrize("papers", [1, 4, 6, 7, 8, 9, 11, 14, 18])
def test_only_the_last_leaf_of_a_slip_may_be_empty_below(papers: int) -> None:
    data = {**samples.RECEIPT, "papers": (samples.RECEIPT["papers"] * 5)[:papers]}
    leaves = pictures_of(render("receipt_slip", data), 40)
    assert len(leaves) == 1 if papers <= 6 else len(leaves) <= 2
    for leaf in leaves[:-1]:
        text = leaf.crop((0, 0, leaf.width, int(leaf.height * 0.94)))  # without the foot
        assert text.point(lambda grey: 255 * (grey < 128)).getbbox()[3] > leaf.height * 0.7


@needs_poppler
@pytest.mark.parametrize(("passes", "blanks", "leaves"), [(3, 3, 1), (3, 0, 1), (5, 1, 2)])
def test_no_leaf_of_the_control_slip_holds_empty_rows_alone(passes: int, blanks: int, leaves: int) -> None:
    rows = (samples.CONTROL["passes"] * 2)[:passes]
    pdf = render("control_slip", {**samples.CONTROL, "passes": rows, "blank_rows": blanks})
    assert pages_of(pdf) == leaves
    assert ("Giao: ......." in flat_text(pdf)) is (blanks > 0)


@needs_poppler
def test_register_of_six_hundred_repeats_its_head_and_closes() -> None:
    pdf = render("register", samples.register(600))
    pages = text_of(pdf, "-layout").split("\f")[:-1]
    assert len(pages) > 30
    assert all("Tên thủ tục" in page for page in pages[:-1])
    text = " ".join(" ".join(pages).split())
    assert "Sổ này có 600 (sáu trăm) hồ sơ, từ số 1 đến số 600, khóa sổ ngày 31 tháng 12 năm 2026./." in text
    assert samples.register_row(600)["code"] in text


@needs_poppler
def test_register_without_dossiers_closes_too_and_may_go_on_from_another_book() -> None:
    empty = flat_text(render("register", {**samples.register(0), "field": "Hộ tịch"}))
    assert "Sổ này có 0 (không) hồ sơ, khóa sổ" in empty
    assert "Lĩnh vực: Hộ tịch" in empty
    later = flat_text(render("register", {**samples.register(2), "first_number": 301}))
    assert "từ số 301 đến số 302" in later


@needs_poppler
def test_open_register_has_no_closing_line() -> None:
    assert "Sổ này có" not in flat_text(render("register", {**samples.register(3), "closed": False}))


@needs_poppler
def test_empty_fields_leave_dotted_lines() -> None:
    blank = flat_text(render(*samples.SAMPLES["receipt_slip_blank"]))
    assert "Tiếp nhận hồ sơ của: ....." in blank
    assert "giờ ...... phút, ngày ...... tháng ...... năm" in blank
    assert "Email: ....." in blank


@needs_poppler
@pytest.mark.parametrize(
    ("wording", "says", "hides"),
    [
        ("apology", "sẽ trả kết quả giải quyết hồ sơ vào ngày 09 tháng 02 năm 2026", "cho phép gia hạn"),
        ("extension", "cho phép gia hạn thời gian giải quyết hồ sơ", "sẽ trả kết quả giải quyết hồ sơ vào"),
    ],
)
def test_apology_speaks_as_its_form_set(wording: str, says: str, hides: str) -> None:
    text = flat_text(render("apology_notice", {**samples.APOLOGY, "wording": wording}))
    assert says in text
    assert hides not in text


@needs_poppler
def test_cancelled_receipt_says_so() -> None:
    text = flat_text(render(*samples.SAMPLES["payment_receipt_cancelled"]))
    assert "Đã hủy, lý do: ghi sai số tiền" in text


@pytest.mark.parametrize(
    ("name", "signed"),
    [("result_notice", True), ("apology_notice", True), ("error_apology", True), ("receipt_slip", False)],
)
def test_documents_of_the_agency_have_a_place_for_the_seal(name: str, signed: bool) -> None:
    template, data = samples.SAMPLES[name]
    pdf, place = render_to_sign(template, data)
    assert pdf == render(template, data)
    assert (place is not None) is signed


def test_many_threads_print_at_once() -> None:
    def slip(number: int) -> bytes:
        return render("receipt_slip", {**samples.RECEIPT, "number": f"{number:02d}"})

    with ThreadPoolExecutor(4) as pool:
        printed = list(pool.map(slip, range(12)))
    assert printed == [slip(number) for number in range(12)]


def test_long_list_is_printed_by_a_process_of_its_own_to_the_same_bytes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    form = prepared("register", samples.register(5))
    here = press.press("register", form)
    monkeypatch.setattr(press, "ROWS_IN_PROCESS", 4)
    assert press.press("register", form) == here


def test_after_a_fork_a_form_is_printed_by_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    form = prepared("result_notice", samples.RESULT)
    here = press.press("result_notice", form, marks=True)
    monkeypatch.setattr(press, "_owner", -1)
    assert press.press("result_notice", form, marks=True) == here


def test_failure_of_the_other_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "_owner", -1)
    with pytest.raises(RuntimeError, match="No such file"):
        press.press("nowhere", {})


def test_unknown_form_is_refused_by_name() -> None:
    with pytest.raises(FormDataError, match="không có mẫu 'giay_moi'"):
        render("giay_moi", {})


def test_fonts_come_with_their_licence() -> None:
    assert {path.name for path in press.FONTS.glob("*.ttf")} == {
        f"Tinos-{face}.ttf" for face in ("Regular", "Bold", "Italic", "BoldItalic")
    }
    assert "SIL OPEN FONT LICENSE" in (press.FONTS / "OFL.txt").read_text(encoding="utf-8")
