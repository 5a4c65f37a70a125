"""How a form is printed when the law fixes its paper (Mẫu số …): lines of text with places for answers, kept with the form.

One line of the layout is one line of the paper. Marks at its beginning: `# ` a bold heading, `> ` set in, `~ ` a paragraph,
`^ ` in the middle of the page. `@nhom` begins lines that are repeated for each row of a group, `@` ends them; `---` stands where
the signatures come. Inside a line: `{ma}` an answer, dots while it is blank; `{ma|chu}` a date or number in words; `{?điều kiện}` a
box, ticked when the condition holds; `[…{ma}…]` is printed only when every answer in it is there; `{NOI_NHAN}` who receives it;
`{STT}` the number of the row; `{}` dots for what the form does not ask.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

LINES, LINE, NOTES = 200, 600, 40
ADDRESSEE, NUMBER, DOTS = "NOI_NHAN", "STT", "…"
IN_WORDS = "chu"
SIGNATURES = "---"
MARKS: Mapping[str, str] = {"# ": "heading", "> ": "inner", "~ ": "prose", "^ ": "middle"}
_PLACE = re.compile(r"\{([^{}]*)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True)
class Layout:
    """The printed form that the law fixes. `issued`: what stands under the number; `place`: what stands before place and date;
    `sign_note`: under the title of who signs; `notes`: chú thích; `silent`: keys that are printed nowhere (the other fields that no line
    names come at the end); `source`: where the words come from and how sure they are, never printed.
    """

    issued: str = ""
    subtitle: str = ""
    lines: tuple[str, ...] = ()
    place: str = ""
    sign_note: str = ""
    notes: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    source: str = ""

    def as_data(self) -> dict[str, Any]:
        """The layout as JSON keeps it, without what is empty."""
        pairs = ((one.name, getattr(self, one.name)) for one in fields(self))
        return {name: list(value) if isinstance(value, tuple) else value for name, value in pairs if value}


TEXTS = {"issued": 300, "subtitle": 300, "place": 100, "sign_note": 200, "source": 1000}
LISTS = {"lines": (LINES, LINE), "notes": (NOTES, LINE), "silent": (LINES, 40)}


def read_layout(data: Any, faults: list[str]) -> Layout | None:
    """The layout as far as its shape can be read; None when there is none. Faults are added."""
    if data is None:
        return None
    if not isinstance(data, Mapping):
        faults.append("Mẫu in: phải là một đối tượng.")
        return None
    if strange := sorted(str(name)[:40] for name in data if name not in {*TEXTS, *LISTS}):
        faults.append(f"Mẫu in: không hiểu {', '.join(strange)}.")
    texts = {name: _text(data.get(name, ""), name, most, faults) for name, most in TEXTS.items()}
    lists = {name: _list(data.get(name, []), name, *most, faults) for name, most in LISTS.items()}
    return Layout(
        issued=texts["issued"], subtitle=texts["subtitle"], lines=lists["lines"], place=texts["place"],
        sign_note=texts["sign_note"], notes=lists["notes"], silent=lists["silent"], source=texts["source"],
    )  # fmt: skip


def _text(value: Any, name: str, most: int, faults: list[str]) -> str:
    if not isinstance(value, str) or len(value) > most:
        faults.append(f"Mẫu in: “{name}” phải là chữ, nhiều nhất {most} ký tự.")
        return ""
    return value.strip()


def _list(value: Any, name: str, most: int, longest: int, faults: list[str]) -> tuple[str, ...]:
    good = isinstance(value, list) and all(isinstance(one, str) and len(one) <= longest for one in value)
    if not good or len(value) > most:
        faults.append(
            f"Mẫu in: “{name}” phải có nhiều nhất {most} dòng, mỗi dòng nhiều nhất {longest} ký tự."
        )
        return ()
    return tuple(one.rstrip() for one in value)


@dataclass(frozen=True)
class Piece:
    """A part of a line: plain `text`; or an answer (`key`, `words`: in words); or a box (`condition`); or an optional part."""

    text: str = ""
    key: str = ""
    words: bool = False
    condition: str = ""
    optional: "tuple[Piece, ...]" = ()


@dataclass(frozen=True)
class Row:
    """A line of the layout. `group`: the repeated group for each of whose rows it is printed."""

    kind: str
    pieces: tuple[Piece, ...]
    group: str = ""
    number: int = 0


def rows_of(layout: Layout, faults: list[str]) -> tuple[list[Row], list[Row]]:
    """The lines before and after the signatures. Faults are added, each with the number of its line."""
    before: list[Row] = []
    after: list[Row] = []
    group, into = "", before
    for number, line in enumerate(layout.lines, 1):
        if line == SIGNATURES:
            into = after
        elif line.startswith("@"):
            group = line[1:].strip()
        elif line.strip():
            kind = MARKS.get(line[:2], "line")
            text = line[2:] if line[:2] in MARKS else line
            into.append(Row(kind, _pieces(text, f"Mẫu in, dòng {number}", faults), group, number))
    if group:
        faults.append(f"Mẫu in: phần lặp @{group} chưa kết thúc bằng một dòng chỉ có @.")
    return before, after


def _pieces(text: str, place: str, faults: list[str]) -> tuple[Piece, ...]:
    """The parts of a line in order."""
    left = _OPTIONAL.sub("", _PLACE.sub("", text))
    if set("[]{}") & set(left):
        faults.append(f"{place}: dấu ngoặc nhọn hoặc ngoặc vuông không đi thành cặp.")
    pieces: list[Piece] = []
    at = 0
    for found in _OPTIONAL.finditer(text):
        pieces += _plain(text[at : found.start()])
        pieces.append(Piece(optional=tuple(_plain(found[1]))))
        at = found.end()
    return (*pieces, *_plain(text[at:]))


def _plain(text: str) -> Iterator[Piece]:
    """The parts of a text without optional ones: words and places for answers by turns."""
    for number, said in enumerate(_PLACE.split(text)):
        if number % 2:
            yield _answer(said.strip())
        elif said:
            yield Piece(said)


def _answer(said: str) -> Piece:
    if said.startswith("?"):
        return Piece(condition=said[1:].strip())
    key, _, how = said.partition("|")
    return Piece(key=key.strip() or DOTS, words=how.strip() == IN_WORDS)


def every_piece(row: Row) -> Iterator[Piece]:
    """The parts of a line, those of optional parts too."""
    for piece in row.pieces:
        yield piece
        yield from piece.optional
