"""A signed result as a record."""

from datetime import date
from secrets import token_hex

from motcua.core import store
from motcua.core.errors import RuleViolation
from motcua.dossiers.models import Dossier, ResultPaper
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import ending


def new_result(
    desk: Desk, dossier: Dossier, number: str, *, signed_on: date | None = None, name: str | None = None, code: str = "",
    file_id: int | None = None, electronic: bool = False, title: str = "",
) -> ResultPaper:  # fmt: skip
    """Record a result signed by the actor, with the token behind its QR code. Raises RuleViolation."""
    text = ending.require_text(number, "Nhập số, ký hiệu của kết quả.", "number")
    if signed_on is not None and signed_on > desk.day:
        raise RuleViolation("Ngày ký không thể sau hôm nay.", field="signed_on")
    paper = store.new(ResultPaper,
        dossier=dossier, name=name or _name(desk, dossier), number=text, signed_on=signed_on or desk.day, signer=desk.actor,
        result_code=code, signer_title=title or _title(desk), file_id=file_id, is_electronic=electronic, token=token_hex(12),
    )  # fmt: skip
    store.insert([paper])
    return paper


def _name(desk: Desk, dossier: Dossier) -> str:
    """The first result that the version yields."""
    results = dossier.version.results
    first = desk.recall(
        ("result name", dossier.version_id),
        lambda: results.exclude(name="").values_list("name", flat=True).first() or "",
    )
    return first or f"Kết quả giải quyết thủ tục {dossier.version.name}"[:600]


def _title(desk: Desk) -> str:
    """The title of the signer's post: an own one before a lent one, the main one first."""
    posts = sorted(desk.authority.posts, key=lambda p: (p.delegated_by is not None, not p.is_main))
    return posts[0].title if posts else ""
