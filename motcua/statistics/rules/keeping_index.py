"""The index as plain data that can be kept for years: the set as it was then with every component's words, ratio, points, state
and why it has none, both totals. Nothing of it is looked up again when it is shown.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from motcua.statistics.rules.index766 import (
    CODE,
    Band,
    Component,
    Group,
    Line,
    Ratio,
    Scheme,
    State,
    Sums,
    plain,
)
from motcua.statistics.rules.index766_board import NUMBER, Board
from motcua.statistics.rules.index766_measures import Measure, Of
from motcua.statistics.rules.index766_sheet import BOARD_HEAD, board_rows, cell_text, titles_of
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.shares import decimal_text
from motcua.statistics.rules.stages import Spread


def dump_index(board: Board) -> dict[str, Any]:
    """The board as JSON values; `load_index` gives an equal one."""
    scheme = board.scheme
    return {
        "form": {"code": CODE, "number": NUMBER, "title": scheme.name, "law": scheme.law},
        "agency": board.agency,
        "agency_code": board.agency_code,
        "below": board.below,
        "window": window_out(board.window),
        "at": board.at.isoformat(),
        "live": board.live,
        "scheme": scheme_out(scheme),
        "lines": [line_out(line) for line in board.lines],
        "groups": [{"code": group.code, **_sums_out(sums)} for group, _, sums in board.groups],
        "total": {**_sums_out(board.sums), "index": text_out(board.value), "band": board.band},
        "missing": board.missing,
        "before": window_out(board.before) if board.before else None,
        "before_value": text_out(board.before_value),
        "days": [text_out(part) for part in (board.days.average, board.days.p50, board.days.p90)],
    }


def load_index(data: Mapping[str, Any]) -> Board:
    """The board that `dump_index` wrote."""
    scheme, total = scheme_in(data["scheme"]), data["total"]
    return Board(
        agency=data["agency"], agency_code=data["agency_code"], below=data["below"], window=window_in(data["window"]),
        at=datetime.fromisoformat(data["at"]), live=data["live"], scheme=scheme,
        lines=tuple(line_in(one, *rest) for one, rest in zip(scheme.components, data["lines"], strict=True)),
        sums=Sums(*(Decimal(total[name]) for name in ("earned", "possible", "points"))), missing=data["missing"],
        before=window_in(data["before"]) if data["before"] else None, before_value=decimal_in(data["before_value"]),
        days=Spread(*map(decimal_in, data["days"])),
    )  # fmt: skip


def scheme_out(scheme: Scheme) -> dict[str, Any]:
    """The whole set as it is."""
    found: dict[str, Any] = _plain(asdict(scheme))
    return found


def _plain(value: Any) -> Any:
    """Decimals as text so that nothing is rounded, tuples as lists, names of an enumeration as their text."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Of):
        return value.value
    return str(value) if isinstance(value, Decimal) else value


def text_out(value: Decimal | None) -> str | None:
    """Nothing is rounded on the way."""
    return None if value is None else str(value)


def decimal_in(text: str | None) -> Decimal | None:
    """What `text_out` wrote."""
    return None if text is None else Decimal(text)


def window_out(window: Window) -> list[str]:
    """First day, last day, what it is called."""
    return [window.start.isoformat(), window.end.isoformat(), window.label]


def window_in(kept: list[str]) -> Window:
    """What `window_out` wrote."""
    start, end, label = kept
    return Window(date.fromisoformat(start), date.fromisoformat(end), label)


def _sums_out(sums: Sums) -> dict[str, Any]:
    return {
        "earned": str(sums.earned),
        "possible": str(sums.possible),
        "points": str(sums.points),
        "rescaled": text_out(sums.rescaled),
    }


def line_out(line: Line) -> list[Any]:
    """A component's ratio, points, state and why it has none; its words stand in the set."""
    ratio = [line.ratio.part, line.ratio.whole] if line.ratio else None
    return [ratio, text_out(line.points), line.state.value, line.reason]


def line_in(
    component: Component, ratio: list[int] | None, points: str | None, state: str, reason: str
) -> Line:
    """What `line_out` wrote, of a component."""
    return Line(component, Ratio(*ratio) if ratio else None, decimal_in(points), State(state), reason)


def scheme_in(data: Mapping[str, Any]) -> Scheme:
    """What `scheme_out` wrote."""
    limits = {name: Decimal(data[name]) for name in ("green_from", "yellow_from")}
    groups = tuple(
        Group(**{**group, "components": tuple(_component_in(one) for one in group["components"])})
        for group in data["groups"]
    )
    bands = tuple(Band(band["name"], Decimal(band["low"])) for band in data["bands"])
    return Scheme(**{**data, "groups": groups, "bands": bands, **limits})


def _component_in(data: Mapping[str, Any]) -> Component:
    measure = data["measure"]
    figures = tuple(measure["figures"]) if measure["figures"] else None
    return Component(
        **{
            **data,
            "points": Decimal(data["points"]),
            "target": decimal_in(data["target"]),
            "measure": Measure(**{**measure, "of": Of(measure["of"]), "figures": figures}),
        }
    )


def cells_of_index(board: Board) -> dict[tuple[str, str], str]:
    """What two freezes of an index are compared by: the cells of its table, why a component has no points, the whole."""
    titles = titles_of(BOARD_HEAD)[2:]
    found = {
        (f"{row.mark} {row.label}".strip(), title): cell_text(cell)
        for row in board_rows(board)
        for title, cell in zip(titles, row.cells, strict=True)
    }
    for line in board.lines:
        found[f"{line.component.code} {line.component.name}", "Lý do"] = line.reason
    found |= {("Chỉ số", name): text for name, text in _whole(board).items()}
    return {key: text for key, text in found.items() if text}


def _whole(board: Board) -> dict[str, str]:
    return {
        "Điểm quy đổi": decimal_text(board.sums.rescaled),
        "Chỉ số": decimal_text(board.value),
        "Trên số điểm": plain(board.sums.points),
        "Xếp loại": board.band,
        "Kỳ trước": decimal_text(board.before_value),
        "Số ngày giải quyết trung bình": decimal_text(board.days.average),
        "Số ngày giải quyết trung vị": decimal_text(board.days.p50),
        "Số ngày giải quyết P90": decimal_text(board.days.p90),
        "Căn cứ": board.scheme.law,
    }
