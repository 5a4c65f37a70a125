"""A process drawn: stages from left to right, parallel tasks one under the other, arrows between stages."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from motcua.procedures.rules.process import plain

WIDTH, GAP, LINE, PAD, HEAD, EDGE = 190, 46, 17, 10, 54, 3
CHARACTERS = 25


@dataclass(frozen=True)
class TaskBox:
    """A task to draw: its words, who does it, its hours."""

    name: str
    who: str
    hours: Decimal
    is_lead: bool = True
    required: bool = True


@dataclass(frozen=True)
class StageBox:
    """A stage to draw."""

    name: str
    kind: str
    hours: Decimal
    tasks: Sequence[TaskBox]


@dataclass(frozen=True)
class Text:
    """One line of text at a point."""

    x: int
    y: int
    text: str
    bold: bool = False


@dataclass(frozen=True)
class Box:
    """A rectangle; `dashed` for a task that is not required, `thick` for the one in charge."""

    x: int
    y: int
    width: int
    height: int
    dashed: bool = False
    thick: bool = False


@dataclass(frozen=True)
class Arrow:
    """A line with a head, from left to right."""

    x1: int
    x2: int
    y: int


@dataclass(frozen=True)
class Diagram:
    """What to draw, in the units of the picture's own box."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    texts: tuple[Text, ...]


def draw(stages: Sequence[StageBox]) -> Diagram:
    """Lay a process out. An empty one gives an empty picture."""
    boxes: list[Box] = []
    texts: list[Text] = []
    arrows: list[Arrow] = []
    bottom = HEAD
    for number, stage in enumerate(stages):
        left = EDGE + number * (WIDTH + GAP)
        texts += _heading(number + 1, stage, left)
        y = HEAD + 2 * LINE
        if number:
            arrows.append(Arrow(left - GAP + 6, left - 6, y + 30))
        for task in stage.tasks:
            lines = _lines(task)
            box = Box(
                left, y, WIDTH, len(lines) * LINE + 2 * PAD, dashed=not task.required, thick=task.is_lead
            )
            boxes.append(box)
            texts += [Text(left + PAD, y + PAD + 12 + LINE * n, line) for n, line in enumerate(lines)]
            y += box.height + 12
        bottom = max(bottom, y)
    width = max(len(stages) * (WIDTH + GAP) - GAP + 2 * EDGE, 0)
    return Diagram(width, bottom, tuple(boxes), tuple(arrows), tuple(texts))


def _heading(number: int, stage: StageBox, left: int) -> list[Text]:
    lines = textwrap.wrap(f"{number}. {stage.name}", CHARACTERS)[:3] or [f"{number}."]
    shown = [Text(left, 16 + LINE * n, line, bold=True) for n, line in enumerate(lines)]
    return [*shown, Text(left, 16 + LINE * 3, f"{plain(stage.hours)} giờ")]


def _lines(task: TaskBox) -> list[str]:
    words = textwrap.wrap(task.name, CHARACTERS)[:4]
    return [*words, *textwrap.wrap(f"→ {task.who}", CHARACTERS)[:2], f"{plain(task.hours)} giờ"]
