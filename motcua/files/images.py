"""Pictures made anew from their points: what a camera wrote beside them (place, owner, time) is left behind."""

from io import BytesIO

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from motcua.core.errors import RuleViolation
from motcua.files.cleaning import cleaned
from motcua.files.rules.kinds import HEIC, JPEG, PNG

pillow_heif.register_heif_opener(thumbnails=False)
_FORMS = {JPEG: "JPEG", PNG: "PNG", HEIC: "HEIF"}

MAX_POINTS = 60_000_000  # an A4 page at 600 dpi has 35 million
UNREADABLE = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    RuntimeError,  # of libheif
    Image.DecompressionBombError,
)


def bare(
    content: bytes, media_type: str, longest: int | None = None, *, clean: bool = False
) -> tuple[bytes, str]:
    """The picture upright, without EXIF, comments or anything after its end, and its media type: HEIC becomes JPEG.

    `longest`: the longer side in points that it may have; a larger one is made smaller. `clean`: a dim photograph of a
    page is made brighter (`cleaning`). Its size is checked from the
    head, before anything is unpacked (decompression bombs). Raises RuleViolation.
    """
    try:
        with Image.open(BytesIO(content), formats=(_FORMS[media_type],)) as picture:
            if picture.width * picture.height > MAX_POINTS:
                raise RuleViolation(
                    "Ảnh có quá nhiều điểm ảnh. Quét hoặc chụp lại với độ phân giải thấp hơn."
                )
            upright = _reduced(ImageOps.exif_transpose(picture), longest)
            upright = cleaned(upright) if clean else upright
            kind = PNG if media_type == PNG else JPEG
            return _encoded(upright, "PNG" if kind == PNG else "JPEG"), kind
    except UNREADABLE as error:
        raise RuleViolation("Không đọc được ảnh. Chụp hoặc quét lại rồi chọn lại tệp.") from error


def _reduced(picture: Image.Image, longest: int | None) -> Image.Image:
    if longest is None or max(picture.size) <= longest:
        return picture
    if picture.mode in ("P", "1"):  # points of a palette cannot be mixed
        picture = picture.convert("RGBA" if picture.mode == "P" else "L")
    smaller = picture.copy()
    smaller.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return smaller


def _encoded(picture: Image.Image, form: str) -> bytes:
    target = BytesIO()
    if form == "JPEG":
        mode = picture.mode if picture.mode in ("L", "RGB") else "RGB"
        picture.convert(mode).save(target, "JPEG", quality=90, optimize=True, exif=b"", icc_profile=None)
        return target.getvalue()
    mode = picture.mode if picture.mode in ("1", "L", "LA", "RGB", "RGBA") else "RGBA"
    points = picture.convert(mode)
    points.info = {}
    points.save(target, "PNG", optimize=False)
    return target.getvalue()
