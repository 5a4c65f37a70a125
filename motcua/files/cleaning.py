"""A photograph of a paper made easier to read: a grey, dim page becomes white, ink dark. What is no page stays as it is.

Every point is moved by one and the same rising line, in all three colours alike, never by its neighbours: what differed
before differs at least as much afterwards, except for the brightest and the darkest of all points. So a page cannot become
less legible, and seals stay red. Nothing is turned grey, straightened or cut.
"""

from itertools import accumulate

from PIL import Image

MODES = ("RGB", "L")
LOOKED_AT = 160  # points on the longer side of the small picture in which a page is looked for
COLOURFUL = 90  # of 255: a page in the light of a lamp has less saturation, skin and landscapes more
PAGE_SHARE = 0.55  # of the picture is page, when it is a picture of a page
AS_BRIGHT = 0.72  # of its brightness have all parts of a page but ink and deep shadow
GLARE, INK = 0.01, 0.001  # shares of the brightest and darkest points that may become plain white and black
DARKEST = 60  # nothing lighter than this becomes plain black
STEEPEST = 2.5  # steeper, the grain of the camera would show
WORTH = 1.08  # less is not worth another picture
EMPTY = 12  # levels between ink and page below which there is nothing on the page to be read


def cleaned(picture: Image.Image) -> Image.Image:
    """The picture with its contrast stretched when it is a dim picture of a page; else the very same picture."""
    if picture.mode not in MODES or not is_page(picture):
        return picture
    low, high = levels(picture)
    if high == low or 255 / (high - low) < WORTH:
        return picture
    line = [min(max(round((value - low) * 255 / (high - low)), 0), 255) for value in range(256)]
    return picture.point(line * len(picture.getbands()))


def is_page(picture: Image.Image) -> bool:
    """Whether most of a picture is of one brightness and of little colour, as paper is."""
    small = picture.convert("RGB")
    small.thumbnail((LOOKED_AT, LOOKED_AT))
    _, colour, light = (band.tobytes() for band in small.convert("HSV").split())
    paper = sorted(light)[len(light) * 4 // 5]
    points = sum(c < COLOURFUL and v >= paper * AS_BRIGHT for c, v in zip(colour, light, strict=True))
    return points >= PAGE_SHARE * len(light)


def levels(picture: Image.Image) -> tuple[int, int]:
    """The brightness that becomes black and the one that becomes white, 0 to 255; the same twice for an empty page."""
    counts = picture.convert("L").histogram()
    so_far, every = list(accumulate(counts)), sum(counts)
    ink = next(value for value, n in enumerate(so_far) if n > every * INK)
    high = next(value for value, n in enumerate(so_far) if n >= every * (1 - GLARE))
    if high - ink < EMPTY:
        return high, high
    low = min(ink, DARKEST)
    return low, max(high, min(low + round(255 / STEEPEST), 255))
