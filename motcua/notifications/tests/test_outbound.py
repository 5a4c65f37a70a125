"""Requests to partners: only where the administrator pointed, never to our own network by accident."""

import http.server
import socket
import threading
import time

import pytest

from motcua.core import outbound


@pytest.fixture
def server():
    """A server on loopback that answers as its path says."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *args):
            pass

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/hang-up":
                self.close_connection = True
                return
            if self.path == "/slow":
                time.sleep(1.5)
            self.send_response(302 if self.path == "/redirect" else 200)
            if self.path == "/redirect":
                self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(b"x" * 200_000 if self.path == "/long" else body + self.path.encode())
            if self.path == "/drip":
                for _ in range(20):
                    self.wfile.write(b".")
                    self.wfile.flush()
                    time.sleep(0.1)

    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.handle_error = lambda *args: None
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_address[1]}"
    made.shutdown()
    made.server_close()


def test_an_answer_is_read_and_a_redirect_not_followed(server):
    assert outbound.post(f"{server}/a?b=1", b"hi", {}, private=True) == outbound.Answer(200, b"hi/a?b=1")
    assert outbound.post(f"{server}/redirect", b"", {}, private=True).status == 302


def test_little_is_read(server):
    assert len(outbound.post(f"{server}/long", b"", {}, private=True).body) == outbound.MOST


@pytest.mark.parametrize("path", ["/hang-up", "/slow", "/drip"])
def test_no_whole_answer_leaves_it_unclear(server, path):
    with pytest.raises(outbound.Unclear):
        outbound.post(server + path, b"", {}, seconds=0.8, private=True)


def test_nobody_there_means_not_sent():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    with pytest.raises(outbound.NotSent, match="không kết nối được"):
        outbound.post(f"http://127.0.0.1:{free}/", b"", {}, private=True)


def _names(monkeypatch, *addresses):
    """A name that leads to these addresses."""
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: rows)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "::1", "fe80::1%eth0",
     "fc00::1", "::ffff:127.0.0.1", "224.0.0.1", "2002:7f00:1::"],
)  # fmt: skip
def test_a_name_that_leads_into_our_own_network_is_refused(monkeypatch, address):
    _names(monkeypatch, "93.184.216.34", address)
    with pytest.raises(outbound.NotSent, match="mạng nội bộ"):
        outbound.post("https://partner.example/", b"", {})
    assert outbound.resolve("partner.example", 443, private=True)


def test_the_connection_goes_to_the_address_that_was_judged(monkeypatch):
    """The name may lead elsewhere a moment later (DNS rebinding)."""
    _names(monkeypatch, "93.184.216.34")
    seen = []

    def refuse(address, *args):
        seen.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", refuse)
    with pytest.raises(outbound.NotSent):
        outbound.post("https://partner.example:8443/", b"", {})
    assert seen == [("93.184.216.34", 8443)]


def test_a_name_that_leads_nowhere_is_not_sent(monkeypatch):
    def unknown(*args, **options):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(outbound.NotSent, match="không tìm thấy"):
        outbound.post("https://partner.example/", b"", {})


@pytest.mark.parametrize("url", ["http://partner.example/", "ftp://partner.example/", "https:///", "https://x/#y", "https://x:0/", "https://[::1/"])  # fmt: skip
def test_an_address_that_cannot_be_one_is_not_asked(url):
    with pytest.raises(outbound.NotSent):
        outbound.post(url, b"", {})
