"""The figures reckoned a second time, from the notes of a history alone: no ledger, no SQL, no memory of the database."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from motcua.core.moments import legal_date
from motcua.dossiers.rules.states import Status as S
from motcua.statistics.queries.standing import midnight
from motcua.statistics.rules.periods import Window
from motcua.statistics.testing_notes import Held, Life, Seen

Key = tuple[int, int]  # agency, field
BEFORE_RECEPTION = {S.SUBMITTED, S.PRE_SUPPLEMENT}
RESTING = {S.POST_SUPPLEMENT, S.WAIT_FINANCE}
RESOLVED = {S.RESULT_READY, S.WAIT_COLLECT, S.RETURNED, S.ARCHIVED, S.ERROR_FIX, S.REFUSED}
OVER = RESOLVED | {S.STOPPED, S.WITHDRAWN, S.NOT_ACCEPTED}
LETTERS = {"regulation": "a", "partner": "b", "capacity": "c", "system": "c", "other": "d"}
# A dossier is in at most one of these; of those received by the close and not ended before the window, in exactly one.
PLACES = (
    "resolved_before", "resolved_on", "resolved_late", "open_in_time", "open_late", "stopped", "withdrawn", "not_accepted", "waiting",
)  # fmt: skip


def reckon(lives: Iterable[Life], window: Window) -> dict[Key, Counter[str]]:
    """The tests that each dossier meets, summed by agency and field, for a window that has closed."""
    opening, close = midnight(window.start), closing(window)
    found: dict[Key, Counter[str]] = {}
    for life in lives:
        past = [seen for seen in life.seen if seen.at < close]
        held = [held for held in life.held if held.at < close]
        tests = tests_of(life, past, held[-1], opening, close) if past else set()
        if tests:
            found.setdefault((resolver(past), life.field_id), Counter()).update(tests)
    return found


def closing(window: Window) -> datetime:
    """The midnight with which a window ends."""
    return midnight(window.end + timedelta(days=1))


def carried_elsewhere(lives: Iterable[Life], earlier: Window, window: Window) -> Counter[tuple[int, int]]:
    """What was open when the earlier window closed and stands in another agency's name in the next: (from, to): how many."""
    moved: Counter[tuple[int, int]] = Counter()
    for life in lives:
        before = [seen for seen in life.seen if seen.at < closing(earlier)]
        after = [seen for seen in life.seen if seen.at < closing(window)]
        received = life.received_at is not None and life.received_at < closing(earlier)
        if received and ended(before) is None and resolver(before) != resolver(after):
            moved[resolver(before), resolver(after)] += 1
    return moved


def resolver(past: list[Seen]) -> int:
    """Who resolved it: the agency when it ended, or that of the close."""
    end = ended(past)
    return (end or past[-1]).resolver


def ended(past: list[Seen]) -> Seen | None:
    """The first note of its end."""
    return next((seen for seen in past if seen.status in OVER), None)


def tests_of(life: Life, past: list[Seen], held: Held, opening: datetime, close: datetime) -> set[str]:
    """The tests that one dossier meets; `held` is what was there beside it at the close."""
    end = ended(past)
    received = life.received_at if life.received_at and life.received_at < close else None
    found = set()
    if received is None:
        found |= _not_received(past, end, opening, close)
    elif received >= opening:
        found |= _received(life) | _paid(held)
    elif end is None or end.at >= opening:
        found.add("carried")
    if received and end and end.at >= opening:
        found |= _ended(life, end)
        found |= {"result_electronic"} if held.electronic and end.status in RESOLVED else set()
    if received and end is None:
        found |= _open(life, past, close)
    came_back = past[-1].status is S.RETURNED and past[-1].delivery == "came_back"
    if past[-1].status in (S.RESULT_READY, S.WAIT_COLLECT) or came_back:
        found.add("uncollected")
    return found


def _not_received(past: list[Seen], end: Seen | None, opening: datetime, close: datetime) -> set[str]:
    if end:
        return {"not_accepted"} if end.status is S.NOT_ACCEPTED and end.at >= opening else set()
    due, measured = past[-1].acceptance_due, _measured(past, {S.PRE_SUPPLEMENT}, close)
    return {"waiting", "waiting_late" if due is not None and due < measured else "waiting_in_time"}


def _received(life: Life) -> set[str]:
    found = {f"received_{life.channel}"}
    if life.level in ("full", "partial"):
        found.add("offered_online")
    if life.channel == "online":
        found.add({"full": "received_whole", "partial": "received_partial"}.get(life.level, "received_other"))
    return found | ({"received_away"} if life.away else set())


def _paid(held: Held) -> set[str]:
    """Of what was received in the window: fees and papers as they were at the close."""
    said = {"fee_owed": held.owed, f"paid_{held.paid}": bool(held.paid), "digitised": held.digital}
    return {name for name, is_so in said.items() if is_so}


def _ended(life: Life, end: Seen) -> set[str]:
    if end.status not in RESOLVED:
        return {end.status.value}
    found, place = {"refused"} if end.status is S.REFUSED else set(), _place(end.due, end.at)
    found |= {f"resolved_{place}", f"original_{_place(_promised(life), end.at)}"}
    if place == "late":
        sorry = life.apologised_at is not None
        found |= {
            f"late_{LETTERS[life.cause]}",
            "resolved_late_apologised" if sorry else "resolved_late_plain",
        }
    return found


def _open(life: Life, past: list[Seen], close: datetime) -> set[str]:
    measured = _measured(past, RESTING, close - timedelta(microseconds=1))
    first = {f"original_open_{'late' if _place(_promised(life), measured) == 'late' else 'in_time'}"}
    if _place(past[-1].due, measured) != "late":
        return first | {"open_in_time"}
    sorry = life.apologised_at is not None and life.apologised_at < close
    return first | {"open_late", "open_late_apologised" if sorry else "open_late_plain"}


def _promised(life: Life) -> datetime | None:
    """The due date that was given at reception."""
    return next((seen.due for seen in life.seen if seen.due is not None), None)


def _measured(past: list[Seen], resting: set[S], close: datetime) -> datetime:
    """When the clock last ran: the close, or when it came to rest; a request to withdraw leaves it as it is."""
    since = None
    for seen in past:
        if seen.status in resting:
            since = since or seen.at
        elif seen.status is not S.WITHDRAW_REQUESTED:
            since = None
    return since or close


def _place(due: datetime | None, moment: datetime) -> str:
    """Before, on, late, by legal date."""
    if due is None or legal_date(moment) < legal_date(due):
        return "before"
    return "late" if legal_date(moment) > legal_date(due) else "on"
