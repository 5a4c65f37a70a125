"""Sending what is due."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from motcua.accounts.models import User
from motcua.core.moments import legal_date, to_local, to_utc
from motcua.notifications import adapters, queries
from motcua.notifications.actions import _steps
from motcua.notifications.actions._letters import outgoing, parts_of
from motcua.notifications.models import Attempt, Message, Provider, Template
from motcua.notifications.queries import SendingRules
from motcua.notifications.rules.delivery import Outcome, route
from motcua.notifications.rules.events import is_urgent
from motcua.notifications.rules.quiet import RINGING, quiet_until

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
FAILURES = (Outcome.REFUSED, Outcome.UNCLEAR, Outcome.IMPOSSIBLE)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a run of `deliver_due` did; `waiting`: still queued because their channel is not configured."""

    sent: int = 0
    failed: int = 0
    waiting: int = 0
    put_off: int = 0


@dataclass
class _Run:
    """What one run knows: who carries what today, and the rules of each agency."""

    clock: Clock
    providers: dict[str, list[Provider]]
    rules: dict[int | None, SendingRules] = field(default_factory=dict)

    def rules_of(self, message: Message, at: datetime) -> SendingRules:
        """The dated settings of the agency that sends; read once a run."""
        if message.agency_id not in self.rules:
            self.rules[message.agency_id] = queries.rules_for(message.agency, legal_date(at))
        return self.rules[message.agency_id]

    def channels(self, at: datetime) -> list[str]:
        """Channels on which somebody may be asked now."""
        rested = {p.channel for ps in self.providers.values() for p in ps if _rested(p, at)}
        return sorted(rested)


def _rested(provider: Provider, at: datetime) -> bool:
    return provider.rest_until is None or provider.rest_until <= at


def deliver_due(
    *, at: datetime, actor: User | None = None, limit: int = 200, clock: Clock | None = None
) -> Delivered:
    """Send what is due, at most `limit` messages. Call it outside of a transaction, from the timer or a worker.

    Each message is leased, the try is noted, the partner is asked, its answer is noted: a crash in between asks the same
    partner again with the same key. `clock`: the time while it works, by default `at` all along.
    """
    run = _Run(clock or (lambda: at), _by_channel(queries.providers_at(legal_date(at))))
    done, taken = Delivered(), 0
    while taken < limit and (channels := run.channels(run.clock())):
        lease = queries.rules_for(None, legal_date(at)).lease
        batch = _steps.take(channels, run.clock(), lease, min(10, limit - taken))
        if not batch:
            break
        taken += len(batch)
        done = _add(done, [_deliver(message, run) for message in batch])
    return replace(done, waiting=_waiting(run.providers))


def _waiting(providers: dict[str, list[Provider]]) -> int:
    """How many wait because no provider carries their channel."""
    queued = Message.objects.filter(state=Message.State.QUEUED)
    return queued.exclude(channel__in=list(providers)).count()


def _by_channel(providers: Sequence[Provider]) -> dict[str, list[Provider]]:
    found: dict[str, list[Provider]] = {}
    for provider in providers:
        found.setdefault(provider.channel, []).append(provider)
    return found


def _add(done: Delivered, outcomes: Sequence[Outcome | None]) -> Delivered:
    return replace(
        done,
        sent=done.sent + outcomes.count(Outcome.ACCEPTED),
        failed=done.failed + sum(o in FAILURES for o in outcomes),
        put_off=done.put_off + outcomes.count(None),
    )


def _deliver(message: Message, run: _Run) -> Outcome | None:
    """Ask the providers of one message in turn; None when it must wait without a try."""
    at = run.clock()
    rules = run.rules_of(message, at)
    _steps.interrupted(message, at)
    usable, when = _usable(message, run, rules, at)
    if not usable:
        _steps.put_off([message], when)
        return None
    last: Outcome | None = None
    for provider in _route(message, usable, rules):
        outcome = _ask(message, provider, rules, run.clock)
        last = outcome or last
        if outcome not in (Outcome.REFUSED, None):
            break
    if last is None:  # every cap is reached, or somebody else has it
        _steps.put_off([message], _midnight(at))
    elif last == Outcome.IMPOSSIBLE:
        _steps.dead(message)
    elif last != Outcome.ACCEPTED:
        _steps.later(message, rules.schedule, run.clock())
    return last


def _usable(
    message: Message, run: _Run, rules: SendingRules, at: datetime
) -> tuple[list[Provider], datetime]:
    """Providers that may be asked now, by priority, and when to look again if there are none."""
    local, urgent, ways = to_local(at), is_urgent(message.kind), run.providers.get(message.channel, [])
    quiet = quiet_until(local, rules.quiet_from, rules.quiet_to)
    if quiet and not urgent and message.channel in RINGING:
        return [], to_utc(quiet)
    found, again = [], [at + timedelta(minutes=5)]
    for provider in ways:
        until = quiet_until(local, provider.quiet_from, provider.quiet_to)
        if until and not urgent:
            again.append(to_utc(until))
        elif not _rested(provider, at):
            again.append(provider.rest_until or at)
        else:
            found.append(provider)
    return found, min(again[1:] or again)


def _route(message: Message, usable: list[Provider], rules: SendingRules) -> list[Provider]:
    """The usable providers in the order in which this message may go to them."""
    by_key = {provider.pk: provider for provider in usable}
    unclear, pinned, spent = 0, None, set()
    if message.tries:
        tried = Attempt.objects.filter(message=message).order_by("-number")
        outcomes = list(tried.values_list("provider_id", "outcome"))
        spent = {key for key, outcome in outcomes if outcome == Outcome.UNDELIVERED}
        while unclear < len(outcomes) and outcomes[unclear] == (message.provider_id, Outcome.UNCLEAR):
            unclear += 1
        pinned = message.provider_id if unclear else None
    return [by_key[key] for key in route(list(by_key), pinned, unclear, rules.patience, spent)]


def _ask(message: Message, provider: Provider, rules: SendingRules, clock: Clock) -> Outcome | None:
    """One try; None when the cap is reached or the message is no longer ours."""
    at = clock()
    day = legal_date(at)
    attempt = _steps.begin(message, provider, at, rules.lease, day)
    if attempt is None:
        return None
    letter = outgoing(message, provider, rules, at)
    reply = adapters.send(letter)
    if reply.outcome != Outcome.ACCEPTED:
        log.warning("message %s by %s: %s", message.pk, provider.code, reply.outcome)
    parts = parts_of(letter.body) if message.channel == Template.Channel.SMS else 0
    _steps.finish(message, attempt, reply, clock(), parts=parts, day=day)
    return reply.outcome


def _midnight(at: datetime) -> datetime:
    """The beginning of the next day in Viet Nam, when caps begin anew."""
    return to_utc(datetime.combine(to_local(at).date() + timedelta(days=1), time.min))
