"""Walking the log in the order of ids, in pieces, whatever its size."""

from collections.abc import Iterator

from motcua.audit.models import Event

PIECE = 10_000


def leaves(after: int, until: int) -> Iterator[tuple[int, str]]:
    """(id, hash) of the events with after < id <= until, in the order of id."""
    while True:
        rows = Event.objects.filter(id__gt=after, id__lte=until).order_by("id").values_list("id", "hash")
        piece = list(rows[:PIECE])
        yield from piece
        if len(piece) < PIECE:
            return
        after = piece[-1][0]
