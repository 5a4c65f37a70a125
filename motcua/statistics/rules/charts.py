"""Geometry of the charts that pages draw as SVG: bars, stacked bars, lines with a target, a heat map of the week.

Pure: values in, coordinates out. All lengths are units of the viewBox; nothing here knows colours, HTML or the language.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

Number = int | float | Decimal
WIDTH = 640
ROW, GAP = 30, 8
LABELS, VALUES = 200, 64
LETTERS = 27
HEIGHT = 250
LEFT, RIGHT, TOP, BOTTOM = 46, 14, 14, 30
MOST_LABELS = 7
ROOM_FOR_TEXT = 9  # units that one figure of a label takes
HEAT_LEVELS = 4


@dataclass(frozen=True)
class Segment:
    """A piece of a bar: which series it belongs to, where it begins and how long it is; `shown` says that its label fits."""

    series: int
    value: Number
    x: float
    width: float
    href: str = ""
    shown: bool = False


@dataclass(frozen=True)
class Bar:
    """One row of a bar chart: a label cut to fit, and its pieces."""

    label: str
    short: str
    y: float
    segments: tuple[Segment, ...]

    @property
    def total(self) -> Number:
        """The sum of its pieces."""
        return sum((piece.value for piece in self.segments), 0)

    @property
    def end(self) -> float:
        """Where the last piece ends."""
        return round(max((piece.x + piece.width for piece in self.segments), default=LABELS), 1)

    @property
    def text_y(self) -> float:
        """The base line of its words."""
        return self.y + ROW * 0.62


@dataclass(frozen=True)
class Bars:
    """A bar chart as drawn; `target_x` is where the target line stands, if it lies on the chart."""

    rows: tuple[Bar, ...]
    target_x: float | None = None

    @property
    def height(self) -> float:
        """As high as its rows."""
        return max(len(self.rows), 1) * ROW


def shortened(text: str, letters: int = LETTERS) -> str:
    """The label as it fits beside a bar."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def bars(
    rows: Iterable[tuple[str, Sequence[Number], Sequence[str]]],
    *,
    most: Number | None = None,
    target: Number | None = None,
) -> Bars:
    """Bars of rows (label, values side by side, addresses of the values). Values are not negative.

    `most` is the value at full length: by default the longest row, or the target if that is longer.
    """
    data = list(rows)
    longest = max([float(sum(values)) for _, values, _ in data] + [float(target or 0)], default=0.0)
    scale = (WIDTH - LABELS - VALUES) / (float(most) if most else longest or 1.0)
    found = tuple(_bar(index, row, scale) for index, row in enumerate(data))
    return Bars(found, None if target is None else round(LABELS + float(target) * scale, 1))


def _bar(index: int, row: tuple[str, Sequence[Number], Sequence[str]], scale: float) -> Bar:
    label, values, links = row
    pieces, at = [], float(LABELS)
    for series, value in enumerate(values):
        width = round(float(value) * scale, 1)
        href = links[series] if series < len(links) else ""
        fits = width >= ROOM_FOR_TEXT * len(str(value)) + 4
        pieces.append(Segment(series, value, round(at, 1), width, href, shown=bool(value) and fits))
        at += width
    return Bar(label, shortened(label), index * ROW, tuple(pieces))


@dataclass(frozen=True)
class Point:
    """One point of a line."""

    label: str
    value: Number
    x: float
    y: float


@dataclass(frozen=True)
class Line:
    """One series: pieces of line between the gaps where there is no value, and its points."""

    series: int
    name: str
    points: tuple[Point, ...]
    pieces: tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    """A line of the grid or a word of an axis."""

    text: str
    at: float


@dataclass(frozen=True)
class Lines:
    """A chart of lines as drawn."""

    lines: tuple[Line, ...]
    grid: tuple[tuple[float, float], ...]  # value, y
    words: tuple[Mark, ...]
    target_y: float | None = None


def lines(
    labels: Sequence[str],
    series: Iterable[tuple[str, Sequence[Number | None]]],
    *,
    top: Number | None = None,
    target: Number | None = None,
) -> Lines:
    """Lines through values in the order of the labels; None leaves a gap. Values are not negative.

    `top` is the value at the upper edge: by default the first round number that none passes.
    """
    data = [(name, tuple(values)) for name, values in series]
    most = max([float(v) for _, values in data for v in values if v is not None] + [float(target or 0)])
    upper = float(top) if top else nice_top(most)
    xs = [_across(index, len(labels)) for index in range(len(labels))]
    drawn = tuple(
        Line(number, name, points, _pieces(points, xs))
        for number, (name, values) in enumerate(data)
        for points in [_points(labels, values, xs, upper)]
    )
    grid = tuple((upper * part / 4, _down(upper * part / 4, upper)) for part in range(5))
    every = max(1, -(-len(labels) // MOST_LABELS))
    words = tuple(Mark(text, xs[index]) for index, text in enumerate(labels) if index % every == 0)
    return Lines(drawn, grid, words, None if target is None else _down(float(target), upper))


def _points(
    labels: Sequence[str], values: Sequence[Number | None], xs: Sequence[float], upper: float
) -> tuple[Point, ...]:
    rows = zip(labels, values, xs, strict=True)
    return tuple(Point(label, v, x, _down(float(v), upper)) for label, v, x in rows if v is not None)


def _pieces(points: tuple[Point, ...], xs: Sequence[float]) -> tuple[str, ...]:
    """Polylines: points that follow each other without a gap belong together."""
    place = {x: index for index, x in enumerate(xs)}
    runs = groupby(enumerate(points), key=lambda pair: place[pair[1].x] - pair[0])
    return tuple(" ".join(f"{p.x:g},{p.y:g}" for _, p in run) for _, run in runs)


def _across(index: int, count: int) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * index / max(count - 1, 1), 1)


def _down(value: float, upper: float) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - min(value, upper) / upper), 1)


def nice_top(most: float) -> float:
    """The first of 4, 8, 20, 40, 80, 200, 400… that is not below the greatest value: four steps of whole numbers."""
    power = 1.0
    while power * 10 < most:
        power *= 10
    steps = (2, 4, 8, 20) if power > 1 else (4, 8, 20)
    return next(step * power for step in steps if step * power >= most)


# By ISO weekday.
WEEKDAYS = {1: "Thứ hai", 2: "Thứ ba", 3: "Thứ tư", 4: "Thứ năm", 5: "Thứ sáu", 6: "Thứ bảy", 7: "Chủ nhật"}


def hour_words(weekday: int, hour: int) -> str:
    """An hour of a day of the week: "Thứ hai, từ 8 giờ đến 9 giờ"."""
    return f"{WEEKDAYS[weekday]}, từ {hour} giờ đến {hour + 1} giờ"


@dataclass(frozen=True)
class Heat:
    """One square of a heat map; `level` 0 (nothing) to HEAT_LEVELS."""

    row: int
    column: int
    value: int
    level: int
    x: float
    y: float


HEAT_SIDE, HEAT_ROW, HEAT_LEFT, HEAT_TOP = 40, 26, 88, 22


def heat(counts: Mapping[tuple[int, int], int], rows: Sequence[int], columns: Sequence[int]) -> list[Heat]:
    """Squares for counts by (row, column). Levels are quarters of the greatest count; anything above nothing is at least 1."""
    most = max(counts.values(), default=0)
    return [
        Heat(row, column, value, heat_level(value, most), HEAT_LEFT + j * HEAT_SIDE, HEAT_TOP + i * HEAT_ROW)
        for i, row in enumerate(rows)
        for j, column in enumerate(columns)
        for value in [counts.get((row, column), 0)]
    ]


def heat_level(value: int, most: int) -> int:
    """Which quarter of the greatest count a count lies in; 0 for none."""
    return -(-value * HEAT_LEVELS // most) if value > 0 else 0


def hours_of(counts: Mapping[tuple[int, int], int], first: int = 7, last: int = 17) -> list[int]:
    """The hours that a heat map shows: the usual ones, and those beyond in which something happened."""
    seen = [hour for (_, hour), value in counts.items() if value]
    return list(range(min([first, *seen]), max([last, *seen]) + 1))
