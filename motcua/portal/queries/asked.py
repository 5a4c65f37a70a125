"""What a holder is asked to correct: the questions of the form that were pointed at, and the papers, nothing else."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from motcua.core.errors import NotFound
from motcua.dossiers.models import Dossier, DossierForm, DossierPaper, SupplementRequest
from motcua.dossiers.queries import Desk
from motcua.dossiers.queries.fees import FeeView, fee_view
from motcua.dossiers.queries.forms import latest_form, schema_of
from motcua.dossiers.rules import correction
from motcua.dossiers.rules.intake import PaperData
from motcua.eforms.rules.schema import Section
from motcua.portal.queries.mine import ASKED, open_request


@dataclass(frozen=True)
class AskedPaper:
    """A paper to send in: the item as asked, and the paper whose place it takes."""

    number: int
    item: Mapping[str, Any]
    before: DossierPaper | None

    @property
    def name(self) -> str:
        """What stands over the file field."""
        return str(self.item.get("name", ""))

    @property
    def field_name(self) -> str:
        """The name of the file field."""
        return f"giay-to-{self.number}"

    def as_data(self, file_id: int) -> PaperData:
        """The paper as the act takes it."""
        before = self.before
        return PaperData(
            before.name if before else self.name,
            before.paper_id if before else None,
            electronic=1,
            file_id=file_id,
            replaces_id=before.pk if before else None,
        )


@dataclass(frozen=True)
class Asked:
    """All that the page shows."""

    request: SupplementRequest
    form: DossierForm | None
    fields: tuple[str, ...]
    papers: list[AskedPaper]
    said: list[Mapping[str, Any]]
    fees: FeeView | None = None

    @property
    def own_reason(self) -> str:
        """What the officer wrote beside the items; empty when the reason is only the items again."""
        said = correction.reason_from(self.said, "")
        return "" if self.request.reason == said else self.request.reason

    def sections(self, further: Collection[str] = ()) -> list[Section]:
        """The sections of the form with only the questions asked, and those that an answer has made necessary."""
        if self.form is None:
            return []
        wanted = {*self.fields, *(correction.top(path) for path in further)}
        found = []
        for section in schema_of(self.form.form_version).sections:
            kept = tuple(one for one in section.fields if section.path(one.key) in wanted)
            found += [replace(section, fields=kept, help="")] if kept else []
        return found


def asked_of(dossier: Dossier, desk: Desk) -> Asked:
    """What is asked of the holder now. Raises NotFound when nothing is."""
    request = open_request(dossier)
    if request is None or dossier.status not in ASKED:
        raise NotFound("Hồ sơ này hiện không có yêu cầu bổ sung nào chờ bạn trả lời.")
    items = [item if isinstance(item, Mapping) else {"name": item} for item in request.items]
    fields = correction.fields_of(items)
    held = {paper.pk: paper for paper in dossier.papers.all()}
    papers = [
        AskedPaper(number, item, held.get(item.get("paper") or 0))
        for number, item in enumerate(correction.papers_of(items), 1)
    ]
    fees = fee_view(desk, dossier) if correction.asks_fees(items) else None
    return Asked(request, latest_form(dossier) if fields else None, fields, papers, items, fees)


def answers_of(asked: Asked, given: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The answers as the page shows them again after an error: what was typed over what was kept."""
    kept = asked.form.answers if asked.form else {}
    result = {key: dict(values) for key, values in kept.items()}
    for key, values in given.items():
        result.setdefault(key, {}).update(values)
    return result
