"""Geometry of the small charts that pages draw as SVG: bars that compare, lines that run through time. No tables, no HTML."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 640
LABEL_WIDTH = 190
VALUE_WIDTH = 70
ROW = 28
LABEL_LETTERS = 26
LINE_HEIGHT = 220
LEFT, RIGHT, TOP, BOTTOM = 48, 12, 12, 28
MOST_LABELS = 8


@dataclass(frozen=True)
class Bar:
    """One bar as drawn; `tone` picks its colour by class."""

    label: str
    short: str
    value: float
    tone: str
    y: float
    width: float

    @property
    def text_y(self) -> float:
        return self.y + ROW * 0.62

    @property
    def value_x(self) -> float:
        return LABEL_WIDTH + self.width + 6


def bars(rows: Iterable[Sequence[Any]]) -> list[Bar]:
    """Bars for rows of (label, value[, tone]); values are not negative."""
    data = [(str(row[0]), row[1], row[2] if len(row) > 2 else "mark") for row in rows]
    most = max((float(value) for _, value, _ in data), default=0) or 1
    room = WIDTH - LABEL_WIDTH - VALUE_WIDTH
    return [
        Bar(label, shortened(label), value, tone, index * ROW, round(float(value) / most * room, 1))
        for index, (label, value, tone) in enumerate(data)
    ]


def shortened(label: str) -> str:
    """The label as it fits beside a bar."""
    return label if len(label) <= LABEL_LETTERS else f"{label[: LABEL_LETTERS - 1].rstrip()}…"


@dataclass(frozen=True)
class Point:
    """One point as drawn; `shown` tells whether its label has room."""

    label: str
    value: float
    x: float
    y: float
    shown: bool


@dataclass(frozen=True)
class Grid:
    """A horizontal line of the grid and the value that it stands for."""

    value: float
    y: float


def nice_top(most: float) -> float:
    """The first of 1, 2, 5 times a power of ten that is not below the greatest value."""
    power = 1.0
    while power * 10 < most:
        power *= 10
    return next(step * power for step in (1, 2, 5, 10) if step * power >= most)


def line(rows: Iterable[Sequence[Any]]) -> tuple[list[Point], list[Grid]]:
    """Points and grid for rows of (label, value) in order; values are not negative."""
    data = [(str(row[0]), float(row[1])) for row in rows]
    top = nice_top(max((value for _, value in data), default=0))
    height, room = LINE_HEIGHT - TOP - BOTTOM, WIDTH - LEFT - RIGHT
    every = max(1, -(-len(data) // MOST_LABELS))
    points = [
        Point(
            label,
            value,
            round(LEFT + room * index / max(len(data) - 1, 1), 1),
            round(TOP + height * (1 - value / top), 1),
            index % every == 0,
        )
        for index, (label, value) in enumerate(data)
    ]
    grid = [Grid(top * part / 4, round(TOP + height * (1 - part / 4), 1)) for part in range(5)]
    return points, grid
