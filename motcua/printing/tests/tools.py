"""Reading a PDF in tests with poppler's tools; tests skip, saying why, where they are not installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from PIL import Image

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftoppm") is None or shutil.which("pdftotext") is None,
    reason="pdftoppm and pdftotext (Debian package poppler-utils) are not installed",
)


def text_of(pdf: bytes, *options: str) -> str:
    """The text of all pages, in reading order, pages divided by form feeds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.pdf"
        path.write_bytes(pdf)
        command = ["pdftotext", *options, str(path), "-"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def flat_text(pdf: bytes) -> str:
    """The text on one line, for looking for sentences that wrap."""
    return " ".join(text_of(pdf).split())


def pages_of(pdf: bytes) -> int:
    return text_of(pdf).count("\f")


def pictures_of(pdf: bytes, dpi: int) -> list[Image.Image]:
    """Each page in grey."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.pdf"
        path.write_bytes(pdf)
        command = ["pdftoppm", "-r", str(dpi), "-gray", "-png", str(path), f"{folder}/page"]
        subprocess.run(command, check=True, capture_output=True)
        pictures = []
        for page in sorted(Path(folder).glob("page-*.png")):
            with Image.open(page) as picture:
                pictures.append(picture.convert("L"))
        return pictures
