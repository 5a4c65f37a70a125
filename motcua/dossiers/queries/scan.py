"""What a scanner reads off paper: the code of a dossier, or the address behind the QR code of a slip or a result."""

import re

from django.utils.crypto import constant_time_compare

from motcua.dossiers.models import Notice, ResultPaper
from motcua.dossiers.queries.verify import notice_token

_SLIP = re.compile(r"p([0-9a-z]{1,12})-[0-9A-Za-z_-]+")


def scanned_dossier(text: str) -> int | None:
    """The id of the dossier behind a verification address or token; None for anything else. It grants no right to see it."""
    token = text.strip().rstrip("/").rsplit("/", 1)[-1]
    slip = _SLIP.fullmatch(token)
    if slip and constant_time_compare(notice_token(int(slip[1], 36)), token):
        return Notice.objects.filter(pk=int(slip[1], 36)).values_list("dossier_id", flat=True).first()
    if "/" not in text:
        return None
    return ResultPaper.objects.filter(token=token).values_list("dossier_id", flat=True).first()
