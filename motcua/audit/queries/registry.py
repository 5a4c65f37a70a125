"""What apps above tell the log about themselves, so that the log need not know them."""

from collections.abc import Callable, Iterator

from django.db.models import Model, QuerySet

from motcua.audit.models import Event
from motcua.audit.rules.breaks import Break
from motcua.core.errors import NotFound

Resolver = Callable[[str], str | None]
Records = Callable[[], QuerySet[Model]]
Check = Callable[[], Iterator[Break]]

_resolvers: list[Resolver] = []
_records: dict[str, Records] = {}
_checks: list[Check] = []


def register_resolver(resolver: Resolver) -> Resolver:
    """Register a function from a code (e.g. a dossier's) to its chain; None when it knows no such code.

    Call it from the app's `ready()`.
    """
    if resolver not in _resolvers:
        _resolvers.append(resolver)
    return resolver


def register_records(prefix: str, records: Records) -> None:
    """Say that every row of `records()` has the chain "<prefix>/<pk>" and the other way round.

    Verification then reports a row that was removed while its history remains, and a row without a history.
    """
    _records[prefix] = records


def register_check(check: Check) -> None:
    """Add a comparison of what an app keeps with what the log tells of it; verification runs it and names what differs."""
    if check not in _checks:
        _checks.append(check)


def checks() -> Iterator[Check]:
    """The comparisons of all apps."""
    yield from _checks


def registered() -> Iterator[tuple[str, Records]]:
    """The prefixes and their rows."""
    yield from _records.items()


def known_chain(code: str) -> str | None:
    """The chain that some app knows a code by; None when none does."""
    return next((chain for resolver in _resolvers if (chain := resolver(code))), None)


def chain_of(code: str) -> str:
    """The chain that a code stands for; a chain's own name stands for itself. Raises NotFound."""
    if chain := known_chain(code):
        return chain
    if Event.objects.filter(chain=code).exists():
        return code
    raise NotFound(f"Không có chuỗi nhật ký nào cho “{code}”. Kiểm tra lại mã hồ sơ hoặc tên chuỗi.")
