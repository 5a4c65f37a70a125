"""Texts that an agency keeps for its officers: which may be used, which may be changed."""

from django.db.models import QuerySet

from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.dossiers.models import ReplyTemplate

KEEPER = Permission.DOSSIER_ASSIGN  # who leads a unit keeps its texts


def usable_replies(authority: Authority, kind: str) -> QuerySet[ReplyTemplate]:
    """The texts of one kind of the agencies where the person holds a post, and of those above them."""
    posts = Agency.objects.filter(pk__in={post.agency_id for post in authority.posts})
    ids = {int(part) for path in posts.values_list("path", flat=True) for part in path.strip("/").split("/")}
    return ReplyTemplate.objects.filter(kind=kind, agency_id__in=ids)


def kept_replies(authority: Authority) -> QuerySet[ReplyTemplate]:
    """The texts that the person may change, by agency."""
    found = ReplyTemplate.objects.filter(authority.where(KEEPER, "agency"))
    return found.select_related("agency").order_by("agency__path", "kind", "title", "id")


def access_reply(authority: Authority, reply_id: int) -> ReplyTemplate:
    """A text that the person may change. Raises NotFound."""
    if found := kept_replies(authority).filter(pk=reply_id).first():
        return found
    raise NotFound("Không tìm thấy mẫu trả lời này.")
