"""A board of the index as pages show it, counted now or as it was frozen: each number with the address of what is behind it."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from motcua.statistics.output.index766 import notes_of
from motcua.statistics.output.words import period_words, scope_words
from motcua.statistics.queries.index766_behind import Part
from motcua.statistics.rules.index766 import STATE_WORDS, Component, Line, plain, rule_words
from motcua.statistics.rules.index766_board import Board
from motcua.statistics.rules.shares import decimal_text

TONES = {"green": "good", "yellow": "warn", "red": "bad"}
Query = Mapping[str, str]


def shown_board(found: Board, query: Query | None) -> dict[str, Any]:
    """What a page says of a board; `query` is the question as it stands in an address, None where nothing may be opened."""
    return {
        "board": found,
        "period": period_words(found.window),
        "scope": scope_words(found.agency, found.below),
        "stats": list(_stats(found)),
        "groups": [(group, sums, [_shown(line, query) for line in lines]) for group, lines, sums in found.groups],
        "notes": notes_of(found, beside_the_table=True),
    }  # fmt: skip


def _stats(found: Board) -> Iterator[dict[str, str]]:
    sums = found.sums
    yield {
        "label": "Chỉ số",
        "value": decimal_text(found.value),
        "note": f"trên {plain(sums.points)} điểm, {rule_words(found.missing)}",
    }
    yield {"label": "Xếp loại", "value": found.band or "–", "note": f"theo {found.scheme.law}"}
    yield {
        "label": "Điểm tính được", "value": decimal_text(sums.earned),
        "note": f"trên {plain(sums.possible)} điểm của thành phần có số liệu; quy đổi: {decimal_text(sums.rescaled)}",
    }  # fmt: skip
    before = found.before.name if found.before else ""
    was = (
        f"{before}: {decimal_text(found.before_value)}"
        if found.before_value is not None
        else f"{before} chưa có số liệu"
    )
    yield {"label": "So với kỳ trước", "value": signed(found.trend), "note": was}


def signed(change: Any) -> str:
    """ "+1,20", "-0,50"; a dash without two values to compare."""
    return f"+{decimal_text(change)}" if change is not None and change > 0 else decimal_text(change)


def _shown(line: Line, query: Query | None) -> dict[str, Any]:
    ratio = line.ratio
    has = ratio is not None and ratio.whole > 0
    opens = has and query is not None
    return {
        "line": line,
        "part": decimal_text(ratio.part) if ratio and has else "–",
        "whole": decimal_text(ratio.whole) if ratio and has else "–",
        "rate": f"{decimal_text(line.rate)}{'*' if line.is_small else ''}" if has else "–",
        "target": plain(line.component.target),
        "points": decimal_text(line.points),
        "most": plain(line.component.points),
        "state": STATE_WORDS[line.state],
        "tone": TONES.get(line.state.value, ""),
        "part_href": part_href(line.component, Part.PART, query or {})
        if opens and ratio and ratio.part
        else "",
        "whole_href": part_href(line.component, Part.WHOLE, query or {}) if opens else "",
    }


def part_href(component: Component, part: Part, query: Query) -> str:
    """The address of what is behind one side of a component's ratio."""
    return f"{reverse('statistics:index766_behind', args=[component.code])}?{urlencode({**query, 'part': part.value})}"
