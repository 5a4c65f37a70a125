"""The starting catalogue: what its data files say, worked out into versions, fees and processes.

The files in `data/` give each procedure once, as it is today; `common.json` names the eras (levels 1-4, then một phần and
toàn trình, then two levels of government) and a procedure says in `before_2025` what was different before 1-7-2025.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import Any

from motcua.procedures.rules.hours import comparable_hours
from motcua.procedures.rules.process_files import ProcessRow, StageRow, TaskRow

DATA = Path(__file__).parent.parent / "data"
HEADER = (
    "field", "decision", "issuer", "levels", "agency", "authority", "coordination", "audiences", "online", "process", "since",
    "bases", "conditions", "keywords", "obligation", "note",
)  # fmt: skip
TWO_LEVELS = date(2025, 7, 1)
# A process uses this share of a long limit, so that an agency may promise a shorter time without drawing it anew.
REDUCED_SHARE = Decimal("0.7")
LONG_LIMIT = Decimal(40)
_YEAR = re.compile(r"/(\d{4})/")


@dataclass(frozen=True)
class LimitData:
    """A limit of the files, "3 working_day"; `case` for one made for a case."""

    amount: Decimal | None
    unit: str
    case: str = ""


@dataclass(frozen=True)
class VersionData:
    """A procedure in one era."""

    valid_from: date
    valid_to: date | None
    name: str
    field: str
    levels: tuple[str, ...]
    online: str
    partial_reason: str
    decision: str
    issuer: str
    agency: str
    authority: str
    coordination: str
    audiences: tuple[str, ...]
    keywords: str
    conditions: str
    steps: str
    obligation: bool
    source: str
    limits: dict[str, tuple[LimitData, ...]]
    papers: tuple[dict[str, Any], ...]
    results: tuple[tuple[str, str], ...]
    bases: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ProcedureData:
    """A procedure of the starting catalogue: its versions, fees, process, related procedures."""

    code: str
    versions: tuple[VersionData, ...]
    fees: tuple[dict[str, Any], ...]
    process: ProcessRow
    related: tuple[str, ...]


def read_all() -> tuple[ProcedureData, ...]:
    """Every procedure of the data files, by code."""
    common, templates = _json("common.json"), _json("processes.json")
    files = [
        _json(path.name)
        for path in sorted(DATA.glob("*.json"))
        if path.name not in ("common.json", "processes.json")
    ]
    found = [procedure(entry, file, common, templates) for file in files for entry in file["procedures"]]
    return tuple(sorted(found, key=lambda one: one.code))


def fields_of_sectors() -> dict[str, tuple[str, ...]]:
    """Fields of administration that a vertical agency resolves, by its sector."""
    return {sector: tuple(names) for sector, names in _json("common.json")["fields_of_sector"].items()}


def _json(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return data


def procedure(
    entry: dict[str, Any], file: dict[str, Any], common: dict[str, Any], templates: dict[str, Any]
) -> ProcedureData:
    """One entry of a file with what the file says of all its entries."""
    whole = {key: file[key] for key in HEADER if key in file} | entry
    whole["common_papers"] = file["papers"] if entry.get("common_papers", True) else []
    before = file.get("before_2025", {}) | entry.get("before_2025", {})
    eras = [era for era in common["eras"] if not era["to"] or era["to"] >= whole.get("since", "")]
    versions = tuple(_version(whole, before, era, common) for era in eras)
    limit = versions[-1].limits["counter"][0]
    process = scaled(entry["code"], templates[whole["process"]], comparable_hours(limit.amount, limit.unit))
    fees = tuple(_fee(fee, versions[0].valid_from, common) for fee in entry.get("fees", ()))
    return ProcedureData(entry["code"], versions, fees, process, tuple(entry.get("related", ())))


def _version(
    whole: dict[str, Any], before: dict[str, Any], era: dict[str, Any], common: dict[str, Any]
) -> VersionData:
    start = max(date.fromisoformat(era["from"]), date.fromisoformat(whole.get("since", era["from"])))
    end = date.fromisoformat(era["to"]) if era["to"] else None
    said = whole | (before if end and end < TWO_LEVELS else {})
    online = era["online"][said.get("online", "none")]
    note = said.get("note", "")
    return VersionData(
        valid_from=start,
        valid_to=end,
        name=said["name"],
        field=said["field"],
        levels=tuple(said["levels"]),
        online=online,
        partial_reason=common["partial_reason"] if online == "partial" else "",
        decision=said.get("decision", ""),
        issuer=said.get("issuer", ""),
        agency=said.get("agency", ""),
        authority=said.get("authority", ""),
        coordination=said.get("coordination", ""),
        audiences=tuple(said.get("audiences", ())),
        keywords=said.get("keywords", ""),
        conditions=said.get("conditions", ""),
        steps="\n".join(common["steps"]),
        obligation=said.get("obligation", False),
        source=f"{era['source']}. {note}".rstrip(". ") + ".",
        limits=_limits(said, online),
        papers=tuple(_papers(said)),
        results=tuple((name, code) for name, code in said["results"]),
        bases=tuple(_bases(said, end)),
    )


def _limits(said: dict[str, Any], online: str) -> dict[str, tuple[LimitData, ...]]:
    """Limits by channel; a procedure that is not filed online has no online channel."""
    stated = said["limit"]
    by_channel = stated if isinstance(stated, dict) else dict.fromkeys(("online", "post", "counter"), stated)
    cases = tuple(limit(one["limit"], one["case"]) for one in said.get("cases", ()))
    taken = {
        channel: text
        for channel, text in by_channel.items()
        if channel != "online" or online not in ("none", "level_2")
    }
    return {channel: (limit(text), *cases) for channel, text in taken.items()}


def limit(text: str, case: str = "") -> LimitData:
    """ "3 working_day" or "none" as a limit."""
    amount, _, unit = text.rpartition(" ")
    return LimitData(Decimal(amount) if amount else None, unit, case)


def _papers(said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    notes = [paper for paper in said["common_papers"] if paper.get("note")]
    rows = [paper for paper in said["common_papers"] if not paper.get("note")]
    for entry in [*rows, *said.get("papers", ()), *notes]:
        paper = {"name": entry} if isinstance(entry, str) else entry
        note = paper.get("note", False)
        yield {
            "case": paper.get("case", ""),
            "name": paper["name"],
            "originals": paper.get("originals", 0 if note else 1),
            "copies": paper.get("copies", 0),
            "required": paper.get("required", not note),
            "presented_only": paper.get("presented", False),
            "note_only": note,
            "available_in_database": paper.get("database", ""),
            "form_name": paper.get("form", ""),
            "note": paper.get("remark", ""),
        }


def _bases(said: dict[str, Any], end: date | None) -> Iterator[tuple[str, str]]:
    """The documents; a past era only has those that existed then, the present one not those marked "before_2025"."""
    for number, title, *mark in said.get("bases", ()):
        year = _YEAR.search(number)
        past = end is not None and (year is None or int(year[1]) <= end.year)
        if past or (end is None and not mark):
            yield number, title


def _fee(fee: dict[str, Any], start: date, common: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": fee["kind"],
        "name": fee["name"],
        "amount_dong": fee["amount"],
        "per": fee.get("per", "case"),
        "channel": fee.get("channel", ""),
        "tiers": fee.get("tiers"),
        "cap_dong": fee.get("cap"),
        "legal_basis": fee["basis"],
        "source": fee.get("note", ""),
        "valid_from": start,
        "exemptions": tuple(tuple(e) for e in common["exemptions"].get(fee.get("exempt", ""), ())),
    }


def scaled(code: str, template: list[dict[str, Any]], limit_hours: Decimal | None) -> ProcessRow:
    """A template of stages with hours that fill the limit (70 % of a long one); without a limit its shares are hours."""
    shares = [max(Decimal(task["share"]) for task in stage["tasks"]) for stage in template]
    target = sum(shares) if limit_hours is None else _target(limit_hours)
    factor = Decimal(target) / sum(shares)
    step = Decimal("0.5") if target >= 8 else Decimal("0.05")
    hours = [_down(share * factor, step) for share in shares]
    hours[0] += _down(Decimal(target) - sum(hours), Decimal("0.01"))
    stages = tuple(
        _stage(stage, share, given) for stage, share, given in zip(template, shares, hours, strict=True)
    )
    return ProcessRow(0, code, stages=stages)


def _target(limit_hours: Decimal) -> Decimal:
    share = REDUCED_SHARE if limit_hours >= LONG_LIMIT else Decimal(1)
    return _down(limit_hours * share, Decimal("0.5") if limit_hours >= 8 else Decimal("0.05"))


def _stage(stage: dict[str, Any], share: Decimal, hours: Decimal) -> StageRow:
    tasks = tuple(
        TaskRow(
            name=task["name"],
            place=task["place"],
            role_code=task["role"],
            hours=_down(hours * Decimal(task["share"]) / share, Decimal("0.01")),
            division_name=task.get("division", ""),
            is_lead=task.get("lead", True),
            required=task.get("required", True),
        )
        for task in stage["tasks"]
    )
    return StageRow(stage["name"], stage["kind"], tasks)


def _down(number: Decimal, step: Decimal) -> Decimal:
    return (number / step).to_integral_value(ROUND_DOWN) * step
