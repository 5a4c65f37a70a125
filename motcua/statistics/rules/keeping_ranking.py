"""The ranking as plain data that can be kept for years: the set as it was, each unit with its components, rank and which of its own
frozen indexes it was ranked by. Nothing of it is looked up again when it is shown.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from motcua.statistics.rules.index766 import Scheme, Sums, rule_words
from motcua.statistics.rules.index766_ranking import (
    RECKONED,
    Place,
    Ranking,
    Unit,
    ranking_code,
    ranking_number,
)
from motcua.statistics.rules.index766_sheet import SOURCE, cell_text, head_of, ranking_rows, titles_of
from motcua.statistics.rules.keeping import share_words
from motcua.statistics.rules.keeping_index import (
    decimal_in,
    line_in,
    line_out,
    scheme_in,
    scheme_out,
    text_out,
    window_in,
    window_out,
)
from motcua.statistics.rules.tables import Share


def dump_ranking(ranking: Ranking) -> dict[str, Any]:
    """The ranking as JSON values; `load_ranking` gives an equal one."""
    scheme, kind = ranking.scheme, ranking.kind
    return {
        "form": {"code": ranking_code(kind), "number": ranking_number(kind), "title": scheme.name, "law": scheme.law},
        "agency": ranking.agency,
        "agency_code": ranking.agency_code,
        "window": window_out(ranking.window),
        "at": ranking.at.isoformat(),
        "live": ranking.live,
        "scheme": scheme_out(scheme),
        "missing": ranking.missing,
        "kind": kind,
        "kinds": [list(one) for one in ranking.kinds],
        "places": [_place_out(place) for place in ranking.places],
        "before": window_out(ranking.before) if ranking.before else None,
    }  # fmt: skip


def load_ranking(data: Mapping[str, Any]) -> Ranking:
    """The ranking that `dump_ranking` wrote."""
    scheme = scheme_in(data["scheme"])
    return Ranking(
        agency=data["agency"], agency_code=data["agency_code"], window=window_in(data["window"]),
        at=datetime.fromisoformat(data["at"]), live=data["live"], scheme=scheme, missing=data["missing"], kind=data["kind"],
        kinds=tuple((kind, label, number) for kind, label, number in data["kinds"]),
        places=tuple(_place_in(scheme, one) for one in data["places"]),
        before=window_in(data["before"]) if data["before"] else None,
    )  # fmt: skip


def _place_out(place: Place) -> dict[str, Any]:
    sums = place.sums
    return {
        "unit": asdict(place.agency),
        "rank": place.rank,
        "index": text_out(place.value),
        "band": place.band,
        "trend": text_out(place.trend),
        "sums": [str(sums.earned), str(sums.possible), str(sums.points)],
        "share": asdict(place.share) if place.share else None,
        "said": place.said,
        "lines": [line_out(line) for line in place.lines],
    }


def _place_in(scheme: Scheme, data: Mapping[str, Any]) -> Place:
    lines = tuple(line_in(one, *rest) for one, rest in zip(scheme.components, data["lines"], strict=True))
    return Place(
        Unit(**data["unit"]), lines, Sums(*map(Decimal, data["sums"])), decimal_in(data["index"]), data["band"], data["rank"],
        decimal_in(data["trend"]), Share(**data["share"]) if data["share"] else None, data["said"],
    )  # fmt: skip


def cells_of_ranking(ranking: Ranking) -> dict[tuple[str, str], str]:
    """What two freezes of a ranking are compared by: the cells of its table, and which index of each unit was taken. How a unit
    came to send is no other figure.
    """
    titles = [title for title in titles_of(head_of(ranking))[2:] if title != SOURCE]
    found = {}
    for place, row in zip(ranking.places, ranking_rows(ranking), strict=True):
        name = f"{place.agency.name} ({place.agency.code})" if place.agency.code else place.agency.name
        found[name, "Hạng"] = row.mark
        found |= {(name, title): cell_text(cell) for title, cell in zip(titles, row.cells, strict=False)}
        found[name, SOURCE] = share_words(place.share) if place.share and place.share.report else RECKONED
    basis = {"Căn cứ": ranking.scheme.law, "Cách lấy chỉ số": rule_words(ranking.missing)}
    found |= {("Bảng xếp hạng", name): text for name, text in basis.items()}
    return {key: text for key, text in found.items() if text}
