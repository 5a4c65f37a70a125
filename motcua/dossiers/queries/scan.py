"""What a scanner reads off paper: the code of a dossier, or the address behind the QR code of a slip or a result."""

from motcua.dossiers.models import Dossier, Notice, ResultPaper
from motcua.printing import tokens


def scanned_dossier(text: str) -> int | None:
    """The id of the dossier behind a verification address or token; None for anything else. It grants no right to see it."""
    token = text.strip().rstrip("/").rsplit("/", 1)[-1]
    kind, numbers = tokens.read_token(token) or ("", ())
    if kind == tokens.SLIP:
        return Notice.objects.filter(pk=numbers[0]).values_list("dossier_id", flat=True).first()
    if kind == tokens.CONTROL_SLIP:
        return Dossier.objects.filter(pk=numbers[0]).values_list("pk", flat=True).first()
    if "/" not in text:
        return None
    return ResultPaper.objects.filter(token=token).values_list("dossier_id", flat=True).first()
