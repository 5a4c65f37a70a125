"""Pictures made anew from their points: what a camera wrote beside them (place, owner, time) is left behind."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from motcua.core.errors import RuleViolation
from motcua.files.rules.kinds import JPEG

MAX_POINTS = 60_000_000  # an A4 page at 600 dpi has 35 million
UNREADABLE = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    Image.DecompressionBombError,
)


def bare(content: bytes, media_type: str) -> bytes:
    """The picture upright, without EXIF, comments or anything after its end. Raises RuleViolation.

    Its size is checked from the head, before anything is unpacked (decompression bombs).
    """
    form = "JPEG" if media_type == JPEG else "PNG"
    try:
        with Image.open(BytesIO(content), formats=(form,)) as picture:
            if picture.width * picture.height > MAX_POINTS:
                raise RuleViolation(
                    "Ảnh có quá nhiều điểm ảnh. Quét hoặc chụp lại với độ phân giải thấp hơn."
                )
            return _encoded(ImageOps.exif_transpose(picture), form)
    except UNREADABLE as error:
        raise RuleViolation("Không đọc được ảnh. Chụp hoặc quét lại rồi chọn lại tệp.") from error


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
