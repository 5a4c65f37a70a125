"""Photographs of papers become easier to read; portraits, good scans and blank pictures stay as they were."""

from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageStat

from motcua.files import images
from motcua.files.cleaning import cleaned, is_page, levels


def page(paper=(150, 146, 138), ink=(92, 90, 88), size=(300, 420), table=None):
    """A page with lines of writing, a red seal, and a table under it when one is asked for."""
    made = Image.new("RGB", size, table or paper)
    drawn = ImageDraw.Draw(made)
    if table:
        drawn.rectangle((20, 20, size[0] - 20, size[1] - 20), fill=paper)
    for row in range(40, size[1] - 60, 14):
        drawn.line((40, row, size[0] - 40, row), fill=ink, width=3)
    drawn.ellipse((180, 300, 250, 370), outline=(170, 60, 60), width=5)
    return made


def portrait():
    """Skin before a blue wall, in dim light."""
    made = Image.new("RGB", (300, 400), (40, 60, 120))
    drawn = ImageDraw.Draw(made)
    drawn.ellipse((70, 60, 230, 280), fill=(150, 105, 75))
    drawn.rectangle((40, 280, 260, 400), fill=(120, 30, 40))
    return made


def brightness(picture):
    return ImageStat.Stat(picture.convert("L")).mean[0]


def contrast(picture):
    low, high = picture.convert("L").getextrema()
    return high - low


@pytest.mark.parametrize("table", [None, (60, 40, 20)])
def test_a_grey_dim_page_becomes_bright_and_its_ink_stands_out(table):
    before = page(table=table)
    after = cleaned(before)
    assert brightness(after) > brightness(before) + 40
    assert contrast(after) > contrast(before)
    assert min(after.getpixel((30, 30))) > 180


def test_a_seal_stays_red_and_writing_in_pencil_stays_there():
    after = cleaned(page(ink=(138, 135, 128)))
    red, green, blue = after.getpixel((182, 335))
    assert red > green + 100 < blue + 200
    paper, pencil = after.getpixel((30, 30)), after.getpixel((100, 40))
    assert sum(paper) - sum(pencil) > (150 + 146 + 138) - (138 + 135 + 128)


def test_what_is_brighter_stays_brighter():
    ramp = Image.linear_gradient("L").resize((300, 300)).point([100 + value // 4 for value in range(256)])
    shown = cleaned(ramp)
    assert shown is not ramp
    rows = [shown.getpixel((0, y)) for y in range(300)]
    assert rows == sorted(rows)


@pytest.mark.parametrize(
    "left",
    [
        portrait(),
        page(paper=(252, 252, 250), ink=(10, 10, 10)),
        Image.new("RGBA", (40, 40), (120, 120, 120, 0)),
        Image.new("1", (40, 40), 1),
        Image.new("RGB", (40, 40), (150, 150, 150)),
    ],
    ids=["chân dung", "bản quét tốt", "có nền trong", "đen trắng", "trang trống"],
)
def test_what_needs_nothing_is_left_alone(left):
    assert cleaned(left) is left


def test_a_colour_portrait_is_no_page_and_a_page_is():
    assert not is_page(portrait())
    assert is_page(page())
    assert is_page(page().convert("L"))


@pytest.mark.parametrize("grey", [0, 3, 90, 128, 255])
def test_an_empty_page_has_nothing_to_be_stretched(grey):
    low, high = levels(Image.new("L", (30, 30), grey))
    assert low == high == grey


@pytest.mark.parametrize("paper", [70, 90, 150, 220])
def test_the_line_is_never_steeper_than_the_grain_of_a_camera_bears(paper):
    low, high = levels(page((paper,) * 3, (paper // 2,) * 3))
    assert low <= 60
    assert high - low >= 102


def test_a_photograph_is_cleaned_when_it_is_asked_for_only():
    target = BytesIO()
    page().save(target, "JPEG", quality=95)
    plain, _ = images.bare(target.getvalue(), "image/jpeg")
    clean, kind = images.bare(target.getvalue(), "image/jpeg", longest=200, clean=True)
    with Image.open(BytesIO(plain)) as one, Image.open(BytesIO(clean)) as other:
        assert brightness(other) > brightness(one) + 40
        assert (other.size, kind) == ((143, 200), "image/jpeg")
