"""Where contents lie: MOTCUA_HOME/files/ab/cd/<sha256>, written once, readable by their owner only."""

import os
import secrets
import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from django.conf import settings

from motcua.files.rules.kinds import ZIP_MARK, Archive


def path_of(digest: str) -> Path:
    """The place of a content by its SHA-256 in hex."""
    if len(digest) != 64 or not digest.isalnum():
        raise ValueError("not a SHA-256 in hex")
    return Path(settings.HOME) / "files" / digest[:2] / digest[2:4] / digest


def put(content: bytes) -> str:
    """Keep a content on disk before anybody refers to it; its SHA-256. The same content is kept once."""
    digest = sha256(content).hexdigest()
    path = path_of(digest)
    if path.exists():
        return digest
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{digest}.{secrets.token_hex(6)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(path)
    return digest


def archive_in(content: bytes) -> Archive | None:
    """What a zip container holds, without unpacking it; None when it is not one or is broken."""
    if not content.startswith(ZIP_MARK):
        return None
    try:
        with zipfile.ZipFile(BytesIO(content)) as found:
            parts = found.infolist()
            declared = next(
                (part for part in parts if part.filename == "mimetype" and part.file_size < 200), None
            )
            mimetype = found.read(declared).decode("ascii", "replace") if declared else ""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return None
    return Archive(
        frozenset(part.filename for part in parts), sum(part.file_size for part in parts), mimetype
    )


def stream(content: bytes) -> BytesIO:
    """The content as a stream, for an answer."""
    return BytesIO(content)
