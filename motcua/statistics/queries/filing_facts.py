"""What was sent online in a window: by the person alone, or with somebody's help in a visit. Whether it was received is no matter."""

from collections.abc import Iterator

from motcua.core.moments import legal_date
from motcua.filing.models import Application
from motcua.statistics.queries.looks import Fact, Look


def _sent(look: Look) -> Iterator[Fact]:
    """Each filing counts for the agency to which it was sent. One statement; nobody's name, neither the person's nor the helper's."""
    rows = Application.objects.filter(
        state=Application.State.SUBMITTED, resolving__in=list(look.scope.agencies),
        submitted_at__gte=look.bounds.opening, submitted_at__lt=look.bounds.closing,
    )  # fmt: skip
    columns = ("dossier_id", "dossier__code", "dossier__temporary_number", "version__name", "version__field_id", "resolving_id", "assistance_id", "submitted_at")  # fmt: skip
    for pk, code, number, name, field, agency, visit, at in rows.order_by("submitted_at", "dossier_id").values_list(*columns):  # fmt: skip
        yield Fact(
            "filed_with_help" if visit else "filed_alone", ("filing", pk), {"agency": look.scope.houses[agency], "field": field},
            code or number, name, legal_date(at), address=("dossiers:dossier", (pk,)),
        )  # fmt: skip


FILING_SOURCES = dict.fromkeys(("filed_alone", "filed_with_help"), _sent)
