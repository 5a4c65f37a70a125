"""Reading stored files: who may, and by which link."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any, NamedTuple

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse

from motcua.core.errors import NotFound
from motcua.files import shelf
from motcua.files.models import StoredFile

SALT = "files.open"
LINK_SECONDS = 600
# (file, user, authority) -> True when this app vouches that the person may open the file.
Reader = Callable[[StoredFile, Any, Any], bool]
_readers: list[Reader] = []
# (file, user) -> True when who uploaded a file may not open it on that ground any more.
Veto = Callable[[StoredFile, Any], bool]
_vetoes: list[Veto] = []


def register_reader(reader: Reader) -> Reader:
    """Register a function that says whether a person may open a file; call it from the app's `ready()`."""
    if reader not in _readers:
        _readers.append(reader)
    return reader


def register_veto(veto: Veto) -> Veto:
    """Register a function that says whether having uploaded a file has ceased to be a reason to open it, e.g. one taken in on
    behalf of somebody who has left; call it from the app's `ready()`.
    """
    if veto not in _vetoes:
        _vetoes.append(veto)
    return veto


def url_for(file: StoredFile, user: Any) -> str:
    """A link to a file that works for this person only and for ten minutes; permission is asked again when used."""
    token = signing.dumps([file.pk, user.pk if user else None], salt=SALT, compress=True)
    return reverse("files:open", args=[token])


def access_by_token(token: str, user: Any, authority: Any) -> StoredFile:
    """The file that a link leads to. Raises NotFound: link old or not this person's, or no permission any more."""
    try:
        file_id, user_id = signing.loads(token, salt=SALT, max_age=LINK_SECONDS)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NotFound("Đường dẫn tới tệp đã hết hạn. Quay lại trang trước và mở lại tệp.") from error
    if user_id != user.pk:
        raise NotFound()
    return access_file(file_id, user, authority)


def access_file(file_id: int, user: Any, authority: Any) -> StoredFile:
    """A file that this person may open: its uploader, or whoever an app above vouches for. Raises NotFound."""
    found = StoredFile.objects.filter(pk=file_id).first()
    if found is None:
        raise NotFound()
    own = user.pk is not None and found.uploaded_by_id == user.pk
    if own and any(veto(found, user) for veto in _vetoes):
        own = False
    if own or any(reader(found, user, authority) for reader in _readers):
        return found
    raise NotFound()


def access_waiting(file_id: int) -> StoredFile:
    """A file in quarantine. The caller has checked the permission to release. Raises NotFound."""
    if found := waiting().filter(pk=file_id).first():
        return found
    raise NotFound()


def waiting() -> QuerySet[StoredFile]:
    """Files that may not be opened yet, oldest first."""
    states = [StoredFile.State.PENDING, StoredFile.State.QUARANTINE]
    return (
        StoredFile.objects.filter(state__in=states)
        .select_related("uploaded_by")
        .order_by("uploaded_at", "id")
    )


def read(file: StoredFile) -> bytes:
    """The content. Raises NotFound when it may not be opened, or is gone from the disk or changed there."""
    if not file.can_open:
        raise NotFound(f"Tệp “{file.name}” chưa mở được: {file.get_state_display().lower()}.")
    path = shelf.path_of(file.sha256)
    if not path.exists():
        raise NotFound(f"Không còn nội dung tệp “{file.name}” trên máy chủ. Báo cho quản trị viên.")
    content = path.read_bytes()
    if sha256(content).hexdigest() != file.sha256:
        raise NotFound(
            f"Nội dung tệp “{file.name}” trên máy chủ đã bị thay đổi nên không mở. Báo cho quản trị viên."
        )
    return content


def size_limit() -> int:
    """The largest file taken, in bytes."""
    limit: int = settings.UPLOAD_MAX_MB * 1024 * 1024
    return limit


class Contents(NamedTuple):
    """What lies on the shelf of what the database speaks of; `broken`: hashes whose content is gone or changed."""

    there: int
    broken: list[str]


def contents_on_shelf() -> Contents:
    """Read every content that a stored file names and compare it with its hash. Long: reads all files."""
    without = [StoredFile.State.INFECTED, StoredFile.State.REFUSED]
    names = (
        StoredFile.objects.exclude(state__in=without)
        .order_by("sha256")
        .values_list("sha256", flat=True)
        .distinct()
    )
    broken = [name for name in names.iterator() if not _is_on_shelf(name)]
    return Contents(names.count() - len(broken), broken)


def _is_on_shelf(digest: str) -> bool:
    path = shelf.path_of(digest)
    return path.exists() and sha256(path.read_bytes()).hexdigest() == digest
