"""QR codes: what is written can be read, on screen, on paper and from a photo."""

import re
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from motcua.core.errors import RuleViolation
from motcua.printing import qr, samples
from motcua.printing.actions import render
from motcua.printing.rules.forms import FORMS
from motcua.printing.tests.tools import needs_poppler, pictures_of

CARD = "049300000001||Nguyễn Thị Ngọc Ánh|02031998|Nữ|Thôn Đông Hòa, xã Kim Sơn, tỉnh An Bình|15082021"


def as_bytes(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    target = BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


@pytest.mark.parametrize("text", ["https://motcua.example.vn/kiem-tra/H40.12-260105-0007?k=1", CARD, "A"])
def test_png_is_read_back(text: str) -> None:
    assert qr.read_qr(qr.png(text)) == [text]


def test_turned_and_blurred_photo_is_read() -> None:
    with Image.open(BytesIO(qr.png(CARD, scale=6))) as code:
        photo = Image.new("L", (1400, 1000), 190)
        photo.paste(code.convert("L").rotate(17, expand=True, fillcolor=190), (300, 150))
    photo = photo.resize((1000, 714)).convert("RGB")
    assert qr.read_qr(as_bytes(photo, "JPEG", quality=60)) == [CARD]


def test_photo_without_a_code_gives_nothing() -> None:
    assert qr.read_qr(as_bytes(Image.new("RGB", (60, 40), "white"), "JPEG")) == []


@pytest.mark.parametrize("data", [b"", b"no picture", b"%PDF-1.7", qr.png("cut")[:60], b"<svg/>"])
def test_what_is_no_picture_is_refused_in_vietnamese(data: bytes) -> None:
    with pytest.raises(RuleViolation, match="Không đọc được ảnh"):
        qr.read_qr(data)


def test_picture_beyond_the_bounds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    small = qr.png("A")
    monkeypatch.setattr(qr, "MAX_PHOTO_PIXELS", 100)
    with pytest.raises(RuleViolation, match="quá lớn"):
        qr.read_qr(small)
    monkeypatch.setattr(qr, "MAX_PHOTO_BYTES", len(small) - 1)
    with pytest.raises(RuleViolation, match="quá lớn"):
        qr.read_qr(small)


def test_svg_has_neither_style_nor_script_and_escapes_its_label() -> None:
    drawn = qr.svg("https://example.vn/?a=1&b=<2>", size=120, label='Mã "QR" <b> & hồ sơ')
    assert drawn.startswith("<svg ")
    assert not re.search(r"style|script|\son\w+=", drawn)
    assert 'aria-label="Mã &quot;QR&quot; &lt;b> &amp; hồ sơ"' in drawn
    assert 'width="120"' in drawn
    assert hasattr(drawn, "__html__")


def test_svg_path_draws_the_code() -> None:
    drawn = str(qr.svg("Một Cửa"))
    side = int(re.search(r'viewBox="0 0 (\d+)', drawn)[1])
    picture = Image.new("L", (side, side), 255)
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1", drawn.split('fill="#000"')[1]):
        picture.paste(0, (int(x), int(y), int(x) + int(run), int(y) + 1))
    assert qr.read_qr(as_bytes(picture.resize((side * 4, side * 4)))) == ["Một Cửa"]


@needs_poppler
def test_codes_on_the_printed_slip_are_read() -> None:
    page = pictures_of(render("receipt_slip", samples.RECEIPT), 200)[0]
    found = {code.format: code.text for code in zxingcpp.read_barcodes(page)}
    assert samples.RECEIPT["verify_url"] in found.values()
    assert samples.RECEIPT["code"] in found.values()
    assert len(found) == 2


@needs_poppler
@pytest.mark.parametrize(
    "name", [name for name, (_, data) in samples.SAMPLES.items() if data.get("verify_url")]
)
def test_the_code_of_every_form_is_read_off_the_print(name: str) -> None:
    template, data = samples.SAMPLES[name]
    assert data["verify_url"] in qr.read_qr(as_bytes(pictures_of(render(template, data), 150)[0]))


def test_every_form_that_is_issued_has_a_code_on_its_first_page() -> None:
    with_code = {template for template, data in samples.SAMPLES.values() if data.get("verify_url")}
    assert set(FORMS) - with_code <= {
        *("posting_board", "posting_qr", "statistical_report"),
        "filed_application",  # the sender's own copy: the office's electronic signature vouches for it
    }


@needs_poppler
def test_every_code_of_the_posting_sheet_is_read() -> None:
    page = pictures_of(render("posting_qr", samples.QR_SHEET), 150)[0]
    assert {item["url"] for item in samples.QR_SHEET["items"][:9]} <= set(qr.read_qr(as_bytes(page)))


def test_bar_code_takes_no_vietnamese_letters() -> None:
    with pytest.raises(ValueError, match="không dấu"):
        qr.print_barcode("Hồ sơ")
