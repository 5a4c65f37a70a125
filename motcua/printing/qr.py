"""QR codes and bar codes: written for paper and pages, read from photos (zxing-cpp for both: segno took 10 ms a code)."""

from functools import lru_cache
from io import BytesIO
from typing import Any

import zxingcpp
from django.utils.safestring import SafeString, mark_safe
from PIL import Image, ImageOps, UnidentifiedImageError

from motcua.core.errors import RuleViolation

MAX_PHOTO_BYTES = 12 * 1024 * 1024
MAX_PHOTO_PIXELS = 50_000_000
QUIET_ZONE = 4  # modules, ISO/IEC 18004
_UNREADABLE = "Không đọc được ảnh. Hãy chụp lại mã QR cho rõ, đủ sáng và gửi ảnh JPEG hoặc PNG."
_TOO_LARGE = "Ảnh quá lớn. Hãy gửi ảnh không quá 12 MB và 50 triệu điểm ảnh."


@lru_cache(maxsize=512)
def svg(text: str, *, size: int = 160, label: str = "Mã QR") -> SafeString:
    """The QR code of `text` as an SVG element for a page: attributes only, no style, `size` pixels wide."""
    width, path = _qr_path(text)
    return mark_safe(  # noqa: S308 - only numbers and an escaped label go in
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 {width} {width}" '
        f'role="img" aria-label="{_escaped(label)}" shape-rendering="crispEdges" class="qr">'
        f'<path fill="#fff" d="M0 0h{width}v{width}H0z"/><path fill="#000" d="{path}"/></svg>'
    )


def png(text: str, *, scale: int = 8) -> bytes:
    """The QR code of `text` as a PNG, `scale` pixels a module."""
    rows = _modules(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    side = len(rows)
    picture = Image.frombytes("L", (side, side), b"".join(rows))
    picture = ImageOps.expand(picture, border=QUIET_ZONE, fill=255)
    full = picture.resize((picture.width * scale, picture.height * scale), Image.Resampling.NEAREST)
    target = BytesIO()
    full.convert("1").save(target, "PNG", optimize=True)
    return target.getvalue()


def print_svg(text: str) -> str:
    """The QR code of `text` as an SVG document without quiet zone, for the layouts (paper is white)."""
    width, path = _qr_path(text, quiet=0)
    return _document(width, width, path)


def print_barcode(text: str) -> str:
    """The Code 128 bar code of `text` as an SVG document, for the layouts. Raises ValueError for non-ASCII text."""
    if not text.isascii():
        raise ValueError("mã vạch chỉ nhận chữ không dấu và số")
    row = _modules(text, zxingcpp.BarcodeFormat.Code128)[0]
    return _document(len(row), 24, "".join(f"M{x} 0h{run}v24h-{run}z" for x, run in _runs(row)))


def read_qr(image: bytes) -> list[str]:
    """Texts of all QR codes on a photo, as of an identity card. Empty when there is none.

    Raises RuleViolation (Vietnamese) for a file that is no picture, or one beyond the bounds in bytes or pixels.
    """
    picture = _opened(image)
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    return [code.text for code in found if code.valid]


def _opened(image: bytes) -> Image.Image:
    """The photo upright and in grey, its size checked before anything is unpacked."""
    if len(image) > MAX_PHOTO_BYTES:
        raise RuleViolation(_TOO_LARGE)
    try:
        picture = Image.open(BytesIO(image), formats=("JPEG", "PNG", "WEBP"))
        if picture.width * picture.height > MAX_PHOTO_PIXELS:
            raise RuleViolation(_TOO_LARGE)
        picture.draft("L", (3000, 3000))
        return ImageOps.exif_transpose(picture).convert("L")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise RuleViolation(_UNREADABLE) from error


def _modules(text: str, kind: zxingcpp.BarcodeFormat, **options: str) -> list[bytes]:
    """The code as rows of one byte a module, 0 dark, without quiet zone."""
    code = zxingcpp.create_barcode(text, kind, **options)
    image: Any = code.to_image(
        scale=1, add_quiet_zones=False
    )  # offers the buffer protocol, which its stub hides
    flat, width = memoryview(image).tobytes(), image.shape[1]
    return [flat[start : start + width] for start in range(0, len(flat), width)]


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Start and length of each dark run of a row."""
    runs, start = [], row.find(b"\x00")
    while start >= 0:
        end = row.find(b"\xff", start)
        end = len(row) if end < 0 else end
        runs.append((start, end - start))
        start = row.find(b"\x00", end)
    return runs


def _qr_path(text: str, quiet: int = QUIET_ZONE) -> tuple[int, str]:
    """Width in modules with quiet zone, and the SVG path of the dark ones."""
    rows = _modules(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    parts = [
        f"M{x + quiet} {y + quiet}h{run}v1h-{run}z" for y, row in enumerate(rows) for x, run in _runs(row)
    ]
    return len(rows) + 2 * quiet, "".join(parts)


def _document(width: int, height: int, path: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<path fill="#000" d="{path}"/></svg>'
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
