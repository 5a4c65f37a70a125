"""A scanner that listens like clamd, and small true files of every kind."""

import socket
import threading
import zipfile
from io import BytesIO

import pytest
from PIL import Image

TEST_SIGNATURE = b"MOTCUA-TEST-VIRUS-" + b"SIGNATURE"  # in two parts, so that no scanner minds this file


class FakeClamd:
    """Speaks INSTREAM; finds TEST_SIGNATURE. `answer` replaces what it says; `silent` hangs up without a word."""

    def __init__(self, family=socket.AF_INET, address=("127.0.0.1", 0)):
        self.answer, self.silent, self.seen = None, False, []
        self.listener = socket.socket(family, socket.SOCK_STREAM)
        self.listener.bind(address)
        self.listener.listen()
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    @property
    def address(self):
        host, port = self.listener.getsockname()
        return f"{host}:{port}"

    def _serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as stream:
                self._talk(connection, stream)

    def _talk(self, connection, stream):
        assert stream.read(10) == b"zINSTREAM\0"
        content = b""
        while size := int.from_bytes(stream.read(4), "big"):
            content += stream.read(size)
        self.seen.append(content)
        if self.silent:
            return
        found = b"Motcua.Test FOUND" if TEST_SIGNATURE in content else b"OK"
        connection.sendall(self.answer if self.answer is not None else b"stream: " + found + b"\0")

    def close(self):
        self.listener.close()


@pytest.fixture
def clamd(settings):
    """A scanner that works."""
    server = FakeClamd()
    settings.CLAMD = server.address
    yield server
    server.close()


@pytest.fixture
def no_clamd(settings):
    """No scanner configured."""
    settings.CLAMD = ""


def pdf(text=b"x"):
    return b"%PDF-1.7\n" + text + b"\n%%EOF\n"


def picture(form="JPEG", size=(40, 20), mode="RGB", **options):
    target = BytesIO()
    Image.new(mode, size, 200 if mode in ("L", "1") else None).save(target, form, **options)
    return target.getvalue()


def archive(parts):
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return target.getvalue()


def docx(**more):
    return archive({"[Content_Types].xml": "x", "word/document.xml": "x"} | more)
