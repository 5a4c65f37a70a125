"""The database's server killed at any moment, as by a power cut: what was answered is there, and nothing is half there.

The run's own server is quick and careless of its files, so that this one is another, as Debian configures it.
"""

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import postgres
from tests.machine import Machine
from tests.test_kill import SETUP, WORK, said_by, whole

pytestmark = pytest.mark.skipif(postgres.binaries() is None, reason="thiếu postgresql")


class OwnServer:
    """A cluster that is killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = postgres.start(folder, "")

    def kill(self) -> None:
        """Every process of the server at once, without a word to any."""
        pid = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()
        for one in (pid, *map(int, children)):
            os.kill(one, signal.SIGKILL)

    def start_again(self) -> None:
        """It finds by itself what was written and not yet in its place."""
        # After a power cut no process has the number in this file; here the dead one may still have it.
        (self.folder / "data" / "postmaster.pid").unlink()
        postgres.serve(self.folder, urlsplit(self.url).port or 0, "")


@pytest.fixture
def server() -> Iterator[OwnServer]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # the server is another user
        own = OwnServer(Path(folder) / "server")
        yield own
        postgres.stop(own.folder)


def test_a_database_killed_at_any_moment_keeps_what_was_answered_and_nothing_half(
    server: OwnServer, tmp_path: Path
) -> None:
    machine = Machine(tmp_path, "killed")
    machine.url = server.url
    machine.motcua("migrate", "--verbosity", "0")
    machine.python(SETUP)
    said: list[str] = []
    for count in (1, 3):
        with machine.start(WORK) as one:
            said += said_by(one, count)
            server.kill()
            assert one.wait(60) != 0  # who works hears that the server is gone
        server.start_again()
    whole(machine, said)
