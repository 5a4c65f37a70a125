"""The office's signing key for seals, kept in MOTCUA_HOME/keys and never in the database."""

import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

PRIVATE_NAME = "audit-ed25519.pem"


def folder() -> Path:
    """The folder of keys, readable by its owner only."""
    path = Path(settings.HOME) / "keys"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def office_key() -> Ed25519PrivateKey:
    """The office's key; made when there is none. Two processes that make it at once end with the same one."""
    path = folder() / PRIVATE_NAME
    if not path.exists():
        _make(path)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{path} không phải khóa Ed25519")
    return key


def _make(path: Path) -> None:
    key = Ed25519PrivateKey.generate()
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    draft = path.with_name(f"{path.name}.{secrets.token_hex(6)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    try:
        os.link(draft, path)
        public = public_hex(key)
        (path.parent / f"audit-{public[:16]}.pub").write_text(public + "\n")
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def public_hex(key: Ed25519PrivateKey) -> str:
    """The public half, raw, in hex."""
    raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return raw.hex()


def trusted() -> frozenset[str]:
    """Public keys (hex) of this office, the present one and those used before: the audit-*.pub files."""
    found = {path.read_text().strip() for path in (Path(settings.HOME) / "keys").glob("audit-*.pub")}
    return frozenset(found)


def is_signed(message: bytes, signature: str, public_key: str) -> bool:
    """Whether the Ed25519 signature (hex) of `message` was made with the key (hex)."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(
            bytes.fromhex(signature), message
        )
    except (InvalidSignature, ValueError):
        return False
    return True
