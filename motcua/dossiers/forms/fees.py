"""Accepting a filed dossier: the numbers and the exemption that decide its fee, as stated, to be corrected."""

from motcua.dossiers.fee_fields import add_fee_fields
from motcua.dossiers.forms.acts import ActForm
from motcua.dossiers.queries.fees import FeeView, fee_view
from motcua.dossiers.queries.reference import Desk


class AcceptForm(ActForm):
    """Asks only what changes the amount; nothing where nothing does."""

    def prepare(self) -> None:
        view = fee_view(Desk(self.around.user, self.around.at), self.around.dossier)
        add_fee_fields(self.fields, view)
        if self.fields:
            next(iter(self.fields.values())).help_text = _expected(view)


def _expected(view: FeeView) -> str:
    """What the person's own statement comes to."""
    wish = f"Người nộp đề nghị miễn, giảm vì: {view.claimed}. " if view.claimed else ""
    bill = view.bill()
    if bill is None:
        return wish + "Biểu mức thu hiện hành không miễn, giảm cho đối tượng này."
    return wish + "Theo lời khai: " + "; ".join(bill.as_text().splitlines()) + "."
