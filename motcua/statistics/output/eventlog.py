"""The event log as a file, made while it is handed out."""

from collections.abc import Callable, Iterable, Iterator

from motcua.core.errors import NotFound
from motcua.statistics.rules.eventlog import Trace, as_csv, as_xes

TYPES = {"xes": "application/xml", "csv": "text/csv; charset=utf-8"}


def write(traces: Iterable[Trace], kind: str, *, name: str) -> Iterator[bytes]:
    """The log in pieces, one for each trace. Raises NotFound for a kind that there is not."""
    makers: dict[str, Callable[[], Iterator[bytes]]] = {
        "xes": lambda: as_xes(traces, name=name),
        "csv": lambda: as_csv(traces),
    }
    if kind not in makers:
        raise NotFound("Không có dạng tệp này. Chọn xes hoặc csv.")
    return makers[kind]()
