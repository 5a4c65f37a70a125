"""Those below an agency against each other by the index: reckoned anew, or each by the index that it has sent itself."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from motcua.agencies.models import Agency
from motcua.core.moments import legal_date
from motcua.statistics.models import KeptReport
from motcua.statistics.queries.index766 import Counted, counted, missing_rule
from motcua.statistics.queries.index766_sets import has_set, scheme_on
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.queries.standing import Bounds
from motcua.statistics.rules.index766 import CODE, Scheme, sums_of
from motcua.statistics.rules.index766_ranking import (
    RECKONED,
    UNITS,
    Entry,
    Ranking,
    Unit,
    counts_alike,
    lines_in,
    placed,
)
from motcua.statistics.rules.keeping_index import load_index
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.shares import decimal_text
from motcua.statistics.rules.tables import Share

State = KeptReport.State


def ranking(
    scope: Scope, window: Window, at: datetime, *, kind: str = "", before: Window | None = None, sent: bool = False
) -> Ranking:  # fmt: skip
    """Agencies of one kind below the scope's own, ranked; with `sent` each by the index of its own dossiers that it has sent, where
    there is one. As many statements for three communes as for three hundred. Raises RuleViolation when no set is in force on
    the last day.
    """
    whole = Scope(scope.agency, below=True)
    scheme, missing = scheme_on(window.end), missing_rule(whole.agency, window.end)
    groups = _by_kind(whole, window)
    chosen = kind if kind in groups else next((k for k, _ in UNITS if k in groups), "")
    ranked = groups.get(chosen, [])
    entries = _reckoned(ranked, whole, window, before, at, scheme, missing) if ranked else []
    if sent:
        entries = _as_sent(entries, window, before, scheme, missing)
    kinds = tuple((k, label, len(groups[k])) for k, label in UNITS if k in groups)
    return Ranking(
        whole.agency.name, whole.agency.code, window, at, Bounds.of(window, at).live, scheme, missing, chosen, kinds,
        placed(entries, scheme, missing), before,
    )  # fmt: skip


def _reckoned(
    ranked: list[Agency], whole: Scope, window: Window, before: Window | None, at: datetime, scheme: Scheme, missing: str
) -> list[Entry]:  # fmt: skip
    """Each by its own dossiers, as they are recorded now."""
    values = counted(whole, window, at)
    earlier: Counted | None = None
    if before is not None and has_set(before.end):
        earlier, then = counted(whole, before, at), scheme_on(before.end)
    found = []
    for agency in ranked:
        was = sums_of(earlier.lines(then, [agency.pk])).value(missing) if earlier else None
        unit = Unit(agency.pk, agency.name, agency.code)
        found.append(Entry(unit, values.lines(scheme, [agency.pk]), was))
    return found


def _by_kind(scope: Scope, window: Window) -> dict[str, list[Agency]]:
    """The houses below the scope's own that existed in the window, by kind."""
    found: defaultdict[str, list[Agency]] = defaultdict(list)
    for pk, agency in scope.agencies.items():
        there = agency.valid_from <= window.end and (
            agency.valid_to is None or agency.valid_to >= window.start
        )
        if scope.houses[pk] == pk != scope.agency.pk and there:
            found[kind_of(agency)].append(agency)
    return found


def kind_of(agency: Agency) -> str:
    """In which ranking an agency stands: committees of one level together, everything else apart."""
    level = agency.level.code if agency.level else ""
    same = agency.kind == Agency.Kind.COMMITTEE and level in ("commune", "district")
    return level if same else "agency"


# By what each has sent ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Own:
    """The indexes that a unit has frozen of a window: of its own dossiers the newest one sent, the newest one at all, and whether
    it has sent one of all below it, which is not what is ranked.
    """

    sent: KeptReport | None = None
    newest: KeptReport | None = None
    wider: bool = False

    @property
    def pending(self) -> KeptReport | None:
        """What has been frozen and not been sent."""
        return self.newest if self.newest and self.newest != self.sent else None


def own_indexes(units: Iterable[int], window: Window) -> dict[int, Own]:
    """What units (their ids) have frozen, without figures. One statement."""
    rows = KeptReport.objects.filter(
        kind=KeptReport.Kind.INDEX, form_code=CODE, agency__in=list(units), start=window.start, end=window.end
    )
    found: defaultdict[int, Own] = defaultdict(Own)
    for row in rows.defer("content").order_by("number"):
        own, sent = found[row.agency_id], row.state == State.SENT
        if row.below:
            found[row.agency_id] = replace(own, wider=own.wider or sent)
        else:
            found[row.agency_id] = replace(own, newest=row, sent=row if sent else own.sent)
    return dict(found)


def _as_sent(
    entries: list[Entry], window: Window, before: Window | None, scheme: Scheme, missing: str
) -> list[Entry]:
    """Each by what it has sent; who has sent nothing that can stand beside the others stays as reckoned. Two statements."""
    owns = own_indexes([one.agency.pk for one in entries], window)
    taken = [own.sent.pk for own in owns.values() if own.sent]
    contents = dict(KeptReport.objects.filter(pk__in=taken).values_list("pk", "content"))
    found = []
    for one in entries:
        own = owns.get(one.agency.pk, Own())
        content = contents[own.sent.pk] if own.sent else None
        found.append(_one(one, own, content, before, scheme, missing))
    return found


def _one(
    one: Entry, own: Own, content: dict[str, object] | None, before: Window | None, scheme: Scheme, missing: str
) -> Entry:  # fmt: skip
    report, nothing = own.sent, Share(one.agency.pk, one.agency.name)
    if report is None or report.sent_at is None or content is None:
        return replace(one, share=nothing, said=f"{_unsent(own)}; {RECKONED}")
    board = load_index(content)
    if not counts_alike(board.scheme, scheme):
        said = f"đã gửi chỉ số theo điểm, chỉ tiêu khác (lần chốt {report.number}); {RECKONED}"
        return replace(one, share=nothing, said=said)
    sent_on, lines = legal_date(report.sent_at), lines_in(scheme, board)
    said = f"gửi {sent_on:%d-%m-%Y}{_again(own)}"
    if board.value != sums_of(lines).value(missing):
        said += f"; đơn vị lấy cách khác cho thành phần không tính được: {decimal_text(board.value)}"
    share = Share(
        nothing.agency, nothing.name, report.pk, report.number, report.content_hash, sent_on.isoformat()
    )
    was = board.before_value if _same(board.before, before) else one.was
    return Entry(one.agency, lines, was, share, said)


def _same(one: Window | None, other: Window | None) -> bool:
    return one is not None and other is not None and (one.start, one.end) == (other.start, other.end)


def _unsent(own: Own) -> str:
    if own.newest:
        return f"đã chốt, chưa gửi (lần chốt {own.newest.number})"
    return "chỉ gửi chỉ số gồm cả đơn vị trực thuộc" if own.wider else "chưa chốt chỉ số"


def _again(own: Own) -> str:
    number = own.sent.number if own.sent else 1
    again = f", điều chỉnh lần {number - 1}" if number > 1 else ""
    return again + (f"; lần chốt {own.pending.number} chưa gửi" if own.pending else "")


def moved_since(found: Ranking, owns: dict[int, Own]) -> dict[int, str]:
    """What units have frozen and sent since a ranking was frozen, by their ids."""
    said = {place.agency.pk: _since(owns.get(place.agency.pk, Own()), found.at) for place in found.places}
    return {pk: words for pk, words in said.items() if words}


def _since(own: Own, at: datetime) -> str:
    if own.sent and own.sent.sent_at and own.sent.sent_at > at:
        act = "đã điều chỉnh" if own.sent.number > 1 else "đã gửi chỉ số"
        return f"{act} sau khi xếp hạng (lần chốt {own.sent.number}, gửi {legal_date(own.sent.sent_at):%d-%m-%Y})"
    if own.pending and own.pending.frozen_at > at:
        return f"đã chốt chỉ số sau khi xếp hạng (lần chốt {own.pending.number}), chưa gửi"
    return ""
