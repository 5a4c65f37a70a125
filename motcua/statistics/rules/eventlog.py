"""The history of dossiers as process-mining tools read it: traces of events, as XES (IEEE 1849-2023) or as CSV with the same columns.

A trace is one dossier. An event is something that happened at a moment: a task given, taken over or done (schedule, start, complete of
the standard life cycle), or an act on the dossier (complete). Moments are told in the legal time of Viet Nam, with its offset.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from xml.sax.saxutils import quoteattr

VERSION = "1849.2023"
BOM = "\ufeff"
LOCAL = timezone(timedelta(hours=7))
# Name, prefix and address of the standard's extensions, and the keys of each that are used here.
EXTENSIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Concept", "concept", ("name",)),
    ("Time", "time", ("timestamp",)),
    ("Lifecycle", "lifecycle", ("transition", "model")),
    ("Organizational", "org", ("resource", "role", "group")),
)
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Transition(StrEnum):
    """Steps of the standard life cycle that are used."""

    SCHEDULE = "schedule"
    START = "start"
    COMPLETE = "complete"


@dataclass(frozen=True)
class Happening:
    """One event. `resource` is who did it (a pseudonym, or the system), `group` for which agency, `stage` in which step."""

    at: datetime
    activity: str
    transition: Transition
    resource: str
    role: str
    group: str
    stage: str = ""
    round: int = 1

    @property
    def moment(self) -> str:
        """ "2026-11-22T08:15:00.000000+07:00"."""
        return self.at.astimezone(LOCAL).isoformat(timespec="microseconds")


@dataclass(frozen=True)
class Trace:
    """One dossier and what happened to it, in order."""

    case: str
    procedure: str
    procedure_name: str
    field: str
    channel: str
    agency: str
    events: tuple[Happening, ...]


def in_order(events: Iterable[Happening]) -> tuple[Happening, ...]:
    """By moment; of the same moment in the order given."""
    return tuple(sorted(events, key=lambda event: event.at))


# Attributes of traces and of events, as both forms name them.
_OF_TRACE = {"concept:name": "case"} | {
    f.name: f.name for f in fields(Trace) if f.name not in ("case", "events")
}
_OF_EVENT = {
    "concept:name": "activity", "lifecycle:transition": "transition", "time:timestamp": "moment", "org:resource": "resource",
    "org:role": "role", "org:group": "group", "stage": "stage", "round": "round",
}  # fmt: skip
HEAD = (*(f"case:{name}" for name in _OF_TRACE), *_OF_EVENT)


def as_csv(traces: Iterable[Trace]) -> Iterator[bytes]:
    """The log as CSV, trace by trace, with a mark for spreadsheets. `case:concept:name` is the case."""
    yield BOM.encode() + _lines([HEAD])
    for trace in traces:
        of = [_harmless(getattr(trace, name)) for name in _OF_TRACE.values()]
        yield _lines(
            [*of, *(_harmless(getattr(event, name)) for name in _OF_EVENT.values())] for event in trace.events
        )


def _lines(rows: Iterable[Iterable[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def _harmless(value: object) -> object:
    """Text that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def as_xes(traces: Iterable[Trace], *, name: str) -> Iterator[bytes]:
    """The log as XES, trace by trace: extensions, globals, classifiers, attributes of the log, traces, in the standard's order."""
    yield _head(name).encode()
    for trace in traces:
        yield f"<trace>{_attributes(trace, _OF_TRACE)}{''.join(map(_event, trace.events))}</trace>\n".encode()
    yield b"</log>\n"


def _event(event: Happening) -> str:
    return f"<event>{_attributes(event, _OF_EVENT)}</event>"


def _head(name: str) -> str:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<log xes.version="{VERSION}" xes.features="" xmlns="http://www.xes-standard.org/">',
    ]
    lines += [
        f'<extension name="{title}" prefix="{prefix}" uri="http://www.xes-standard.org/{prefix}.xesext"/>'
        for title, prefix, _ in EXTENSIONS
    ]
    nothing = Trace("", "", "", "", "", "", ())
    never = Happening(datetime(1970, 1, 1, tzinfo=LOCAL), "", Transition.COMPLETE, "", "", "")
    lines += [f'<global scope="trace">{_attributes(nothing, _OF_TRACE)}</global>']
    lines += [f'<global scope="event">{_attributes(never, _OF_EVENT)}</global>']
    lines += ['<classifier name="Activity" scope="event" keys="concept:name"/>']
    lines += [
        '<classifier name="ActivityAndTransition" scope="event" keys="concept:name lifecycle:transition"/>'
    ]
    lines += ['<classifier name="Resource" scope="event" keys="org:resource"/>']
    lines += [_attribute("concept:name", name), _attribute("lifecycle:model", "standard"), ""]
    return "\n".join(lines)


def _attributes(thing: object, names: dict[str, str]) -> str:
    return "".join(_attribute(key, getattr(thing, name)) for key, name in names.items())


def _attribute(key: str, value: object) -> str:
    kind = "date" if key == "time:timestamp" else "int" if isinstance(value, int) else "string"
    return f"<{kind} key={quoteattr(key)} value={quoteattr(_NOT_XML.sub('', str(value)))}/>"
