"""Every form as a picture, against the picture that somebody looked at and found good.

After a wanted change: MOTCUA_GOLDEN=write pytest motcua/printing/tests/test_golden.py, then look at each new picture.
"""

import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from motcua.printing.actions import render
from motcua.printing.samples import SAMPLES
from motcua.printing.tests.tools import needs_poppler, pictures_of

GOLDEN = Path(__file__).parent / "golden"
DPI = 60
PAGES = 2  # of each form; later pages repeat what these show
FAR = 60  # levels of grey that a pixel may be off before it counts
SHARE = 0.004  # of the pixels may count: other versions of poppler smooth a little differently


@needs_poppler
@pytest.mark.parametrize("name", SAMPLES)
def test_form_looks_as_approved(name: str) -> None:
    template, data = SAMPLES[name]
    for number, picture in enumerate(pictures_of(render(template, data), DPI)[:PAGES], start=1):
        path = GOLDEN / f"{name}-{number}.png"
        if os.environ.get("MOTCUA_GOLDEN") == "write":
            picture.quantize(16).save(path, optimize=True)
        with Image.open(path) as approved:
            assert share_of_difference(picture, approved.convert("L")) <= SHARE, f"{path.name} đã khác"


def share_of_difference(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that are far off; 1 for pictures of different size."""
    if one.size != other.size:
        return 1.0
    counts = ImageChops.difference(one, other).histogram()
    return sum(counts[FAR:]) / (one.width * one.height)


@needs_poppler
def test_comparison_sees_a_changed_due_date() -> None:
    template, data = SAMPLES["receipt_slip"]
    before, after = (
        pictures_of(render(template, {**data, **change}), DPI)[0]
        for change in ({}, {"applicant": "Một Người Khác Hẳn", "due_at": None})
    )
    assert share_of_difference(before, after) > SHARE


def test_golden_pictures_belong_to_samples() -> None:
    names = {path.stem.rsplit("-", 1)[0] for path in GOLDEN.glob("*.png")}
    assert names == set(SAMPLES)
