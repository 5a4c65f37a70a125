"""A PostgreSQL server of one's own in a temporary folder, for tests and benchmarks.

    python tests/postgres.py start DIR             starts it and prints its DATABASE_URL; careless of its files, for tests
    python tests/postgres.py start DIR SETTINGS    with these settings; "" is PostgreSQL as Debian installs it, for benchmarks
    python tests/postgres.py stop DIR              stops it and removes DIR

The server binaries refuse root, so root runs them as `postgres`. Exits with 3 when PostgreSQL is not installed.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
from pathlib import Path

TUNING = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def binaries() -> Path | None:
    """The folder of the newest installed server's binaries, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[4]))
    return found[-1].parent if found else None


def as_server(command: list[str]) -> None:
    """Run a server command, as `postgres` when we are root."""
    if os.geteuid() == 0:
        command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(f"{command[-1]}: {done.stderr.strip()}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path, tuning: str = TUNING) -> str:
    """Make a cluster in `folder`, start it on a free loopback port and return its DATABASE_URL."""
    bin_dir = binaries()
    if bin_dir is None:
        raise SystemExit(3)
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        folder.chmod(0o755)
    data, port = folder / "data", free_port()
    as_server(
        [
            str(bin_dir / "initdb"),
            "-D",
            str(data),
            "-U",
            "motcua",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ]
    )
    serve(folder, port, tuning)
    url = f"postgresql://motcua@127.0.0.1:{port}"
    as_server([str(bin_dir / "createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "motcua", "motcua"])
    return f"{url}/motcua"


def serve(folder: Path, port: int, tuning: str = TUNING) -> None:
    """Start the server of the cluster in `folder`; returns when it answers, after it has put right what a crash left."""
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=60 {tuning}"
    command = [str(binaries() / "pg_ctl"), "-D", str(folder / "data"), "-l", str(folder / "log")]  # type: ignore[operator]  # start() looked
    as_server([*command, "-o", options, "-w", "start"])


def stop(folder: Path) -> None:
    """Stop the server in `folder` and remove the folder."""
    bin_dir = binaries()
    if bin_dir is not None and (folder / "data").exists():
        as_server([str(bin_dir / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "stop"])
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    command, place = sys.argv[1], Path(sys.argv[2])
    if command == "start":
        print(start(place, *sys.argv[3:]))
    else:
        stop(place)
