"""The virus scanner: clamd over TCP or a unix socket, by its INSTREAM command."""

import socket
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from motcua.files.rules.policy import Verdict

PIECE = 64 * 1024
TIMEOUT = 30  # seconds


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found; `note` is the signature's name, or why there is no answer."""

    verdict: Verdict
    note: str = ""


class Scanner(Protocol):
    """Whatever looks into files."""

    def scan(self, content: bytes) -> Scan:
        """Look into the content; never raises."""
        ...


class Clamd:
    """A client of clamd at "host:port" or at the path of a unix socket."""

    def __init__(self, address: str, timeout: float = TIMEOUT) -> None:
        self.address, self.timeout = address, timeout

    def scan(self, content: bytes) -> Scan:
        """Stream the content to clamd. When it does not answer, the verdict is SILENT."""
        try:
            with self._connect() as connection:
                answer = self._ask(connection, content)
        except (OSError, ValueError) as error:
            return Scan(Verdict.SILENT, f"chương trình quét không trả lời: {error}"[:200])
        return _read(answer)

    def _connect(self) -> socket.socket:
        if "/" in self.address:
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(self.timeout)
            try:
                connection.connect(self.address)
            except OSError:
                connection.close()
                raise
            return connection
        host, _, port = self.address.rpartition(":")
        return socket.create_connection((host, int(port)), self.timeout)

    def _ask(self, connection: socket.socket, content: bytes) -> str:
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), PIECE):
            piece = content[start : start + PIECE]
            connection.sendall(len(piece).to_bytes(4, "big") + piece)
        connection.sendall(bytes(4))
        answer = b""
        while not answer.endswith(b"\0") and (more := connection.recv(4096)):
            answer += more
        return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _read(answer: str) -> Scan:
    """ "stream: OK", "stream: Eicar-Test-Signature FOUND", or an error."""
    text = answer.removeprefix("stream: ")
    if text == "OK":
        return Scan(Verdict.CLEAN)
    if text.endswith(" FOUND"):
        return Scan(Verdict.INFECTED, text.removesuffix(" FOUND"))
    return Scan(Verdict.SILENT, text or "chương trình quét trả lời rỗng")


class Nobody:
    """Stands in when no scanner is configured."""

    def scan(self, content: bytes) -> Scan:
        """Say nothing."""
        return Scan(Verdict.SILENT, "chưa cấu hình chương trình quét mã độc")


def configured() -> Scanner:
    """The scanner named by MOTCUA_CLAMD."""
    return Clamd(settings.CLAMD) if settings.CLAMD else Nobody()
