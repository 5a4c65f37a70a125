"""RFC 3161 time stamps over HTTP: a third party's word that a seal existed at a moment."""

import secrets
import urllib.request
from datetime import datetime
from hashlib import sha256

from asn1crypto import core, tsp

MAX_ANSWER = 1_000_000


class StampError(Exception):
    """The authority did not give a usable stamp; the seal stays unstamped and is tried again later."""


def fetch(seal_hash: str, url: str, timeout: float = 10) -> bytes:
    """A time stamp token (DER) over SHA-256 of the seal's hash. Raises StampError."""
    if not url.startswith(("http://", "https://")):
        raise StampError("Địa chỉ cấp dấu thời gian phải bắt đầu bằng http:// hoặc https://")
    nonce = secrets.randbits(62)
    request = urllib.request.Request(  # noqa: S310 - the scheme is checked above
        url, data=_question(seal_hash, nonce), headers={"Content-Type": "application/timestamp-query"}
    )
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:  # noqa: S310
            return _token(answer.read(MAX_ANSWER), seal_hash, nonce)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StampError(f"Không lấy được dấu thời gian: {error}") from error


def _question(seal_hash: str, nonce: int) -> bytes:
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": _imprint(seal_hash)}
    fields = {"version": 1, "message_imprint": imprint, "nonce": nonce, "cert_req": True}
    made: bytes = tsp.TimeStampReq(fields).dump()
    return made


def _imprint(seal_hash: str) -> bytes:
    return sha256(seal_hash.encode()).digest()


def _token(answer: bytes, seal_hash: str, nonce: int) -> bytes:
    response = tsp.TimeStampResp.load(answer)
    status = response["status"]["status"].native
    if status not in ("granted", "granted_with_mods"):
        raise StampError(f"Nơi cấp dấu thời gian từ chối: {status}")
    token: bytes = response["time_stamp_token"].dump()
    info = _info(token)
    if info["nonce"].native != nonce or not covers(token, seal_hash):
        raise StampError("Dấu thời gian nhận được không dành cho niêm phong này")
    return token


def _info(token: bytes) -> tsp.TSTInfo:
    content = tsp.ContentInfo.load(token)["content"]["encap_content_info"]["content"]
    parsed = content.parsed if isinstance(content, core.ParsableOctetString) else content
    return parsed


def covers(token: bytes, seal_hash: str) -> bool:
    """Whether the token is about this seal. Its own signature is for tools such as `openssl ts -verify`."""
    try:
        return bool(_info(token)["message_imprint"]["hashed_message"].native == _imprint(seal_hash))
    except (ValueError, TypeError, KeyError):
        return False


def moment(token: bytes) -> datetime:
    """The moment that the authority names, aware."""
    made: datetime = _info(token)["gen_time"].native
    return made
