"""Who may rate: the bearer of a dossier's signed token, once, for some time after the result is there."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.crypto import salted_hmac

from motcua.agencies.queries import setting
from motcua.core.errors import NotFound
from motcua.core.moments import legal_date
from motcua.dossiers.models import Dossier, Notice
from motcua.dossiers.queries import Verified
from motcua.printing import tokens
from motcua.surveys.rules.settings import RATING_DAYS

_SALT = "motcua.surveys.spent"
NOT_NOW = (
    "Không có lượt đánh giá nào ở địa chỉ này: hồ sơ chưa có kết quả, đã quá thời gian đánh giá, hoặc mã bị chép sai. "
    "Kiểm tra lại mã trên giấy tiếp nhận."
)


def rate_token(dossier_id: int) -> str:
    """What stands in the address at which a dossier is rated."""
    return tokens.token(tokens.RATING, dossier_id)


def rate_link(dossier: Dossier) -> str:
    """The address at which a dossier is rated, for messages and codes; it says nothing of the dossier."""
    return f"{settings.PUBLIC_URL}/danh-gia/{rate_token(dossier.pk)}/"


def rateable(token: str, at: datetime) -> Dossier:
    """The dossier behind a rating token or the token of its receipt slip, while it may be rated. Whether it has been rated
    already is not said. Raises NotFound, the same for a forged token, an unfinished dossier and one finished long ago.
    """
    read = tokens.read_token(token.strip())
    rows = Dossier.objects.select_related("office", "version", "resolving_agency", "field")
    found = rows.filter(pk=_dossier_id(*read) or 0).first() if read else None
    if found is None or not may_be_rated(found, at):
        raise NotFound(NOT_NOW)
    return found


def rate_of_slip(paper: Verified, token: str, at: datetime) -> str:
    """The token of a receipt slip whose dossier may be rated, for the page that its code opens; empty for other papers: who
    is shown a result, to check it, is not who received it.
    """
    if paper.kind != Notice.Kind.RECEIPT:
        return ""
    with suppress(NotFound):
        rateable(token, at)
        return token.strip()
    return ""


def _dossier_id(kind: str, numbers: tuple[int, ...]) -> int | None:
    if kind == tokens.RATING:
        return numbers[0]
    slips = (
        Notice.objects.filter(pk=numbers[0], kind=Notice.Kind.RECEIPT)
        if kind == tokens.SLIP
        else Notice.objects.none()
    )
    return slips.values_list("dossier_id", flat=True).first()


def may_be_rated(dossier: Dossier, at: datetime) -> bool:
    """Whether there is a result, not longer ago than the agency's setting says."""
    if dossier.ended_at is None or dossier.received_at is None:
        return False
    days = int(setting(RATING_DAYS, dossier.resolving_agency, legal_date(at)))
    return dossier.ended_at <= at <= dossier.ended_at + timedelta(days=days)


def spent_mark(dossier_id: int) -> str:
    """The keyed hash that says that a dossier's vote is spent."""
    return salted_hmac(_SALT, str(dossier_id), algorithm="sha256").hexdigest()
