"""What every test of Một Cửa stands on: data in a temporary folder, and a log that lets itself be flushed."""

import gc
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

# A busy machine is no failure: neither a slow example nor a slow generator is one.
hypothesis_settings.register_profile("motcua", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("motcua")

# Files known or expected to take long for the number of their tests: begun last, one of them would keep a single core busy at the end.
LONG = (
    "motcua/scenarios/tests/test_localities.py",
    "tests/test_permissions.py",
    "tests/test_backup.py",
    "tests/test_migrations.py",
    "motcua/statistics/tests/test_reports.py",
    "motcua/statistics/tests/test_counts_kept.py",
    "motcua/statistics/tests/test_histories.py",
    "motcua/statistics/tests/test_lake_histories.py",
    "motcua/statistics/tests/test_one_definition.py",
    "motcua/scenarios/tests/test_replay.py",
    "motcua/scenarios/tests/test_story.py",
    "motcua/dossiers/tests/test_batch.py",
    "tests/test_kill.py",
    "tests/test_database_killed.py",
    "tests/test_hostile_names.py",
    "tests/test_recurring_holes.py",
    "tests/test_tenants.py",
    "motcua/procedures/tests/test_import.py",
    "motcua/scenarios/tests/test_command.py",
    "tests/browser/test_axe.py",
    "tests/browser/test_birth.py",
    "tests/browser/test_land.py",
    "tests/browser/test_queue.py",
    "tests/browser/test_paying_at_submission.py",
    "tests/browser/test_foreigner.py",
)


def pytest_configure(config: pytest.Config) -> None:
    """What a page is expected to show may take its time: a busy machine is slow, not wrong."""
    with suppress(ImportError):
        from playwright.sync_api import expect

        expect.set_options(timeout=30_000)
    if seconds := config.getoption("--late"):
        from tests.answers import be_late

        be_late(seconds)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database", action="store_true", help="only tests that touch a database (or a browser)"
    )
    parser.addoption("--late", type=float, default=0, help="seconds that each page at a browser is late")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The second engine need not repeat what is pure arithmetic; of several processes each takes the long files first."""
    if config.getoption("--only-database"):
        _only_database(config, items)
    if hasattr(config, "workerinput"):
        _long_files_first(items)


def _long_files_first(items: list[pytest.Item]) -> None:
    """The known long files, then those of most tests; inside a file the order stays."""
    file_of = {item: item.nodeid.split("::")[0] for item in items}
    tests = Counter(file_of.values())
    rank = {file: place for place, file in enumerate(LONG)}
    items.sort(key=lambda item: (rank.get(file_of[item], len(LONG)), -tests[file_of[item]]))


def pytest_collection_finish() -> None:
    """What was collected stays to the end: searches for cyclic garbage need not go through it again and again."""
    gc.collect()
    gc.freeze()


def _only_database(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept = [
        i
        for i in items
        if i.get_closest_marker("django_db") or i.get_closest_marker("browser") or _wants_database(i)
    ]
    config.hook.pytest_deselected(items=[i for i in items if i not in set(kept)])
    items[:] = kept


def _wants_database(item: pytest.Item) -> bool:
    return bool({"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())))


def turn_round(connection: Any, **_: object) -> None:
    """Whoever names no order gets the last rows first from SQLite: PostgreSQL's own whim would show in a busy week only."""
    if connection.vendor == "sqlite":
        connection.connection.execute("PRAGMA reverse_unordered_selects = ON")


@pytest.fixture(scope="session", autouse=True)
def home() -> Iterator[Path]:
    """MOTCUA_HOME of the tests: keys and files are made here and removed afterwards."""
    from django.conf import settings
    from django.db.backends.signals import connection_created
    from django.test import override_settings

    from motcua.audit.testing import lift_triggers_for_flush
    from tests.snapshots import empty_tables_quickly

    connection_created.connect(turn_round)
    lift_triggers_for_flush()
    empty_tables_quickly()
    # Told as a change: the handler of caches reads the settings once. A cache of files would be shared by parallel runs.
    memory = "django.core.cache.backends.locmem.LocMemCache"
    caches = override_settings(CACHES={"default": {"BACKEND": memory, "OPTIONS": {"MAX_ENTRIES": 100_000}}})
    caches.enable()
    before, settings.HOME = settings.HOME, Path(tempfile.mkdtemp(prefix="motcua-test-"))
    yield settings.HOME
    shutil.rmtree(settings.HOME, ignore_errors=True)
    settings.HOME = before
    caches.disable()


@pytest.fixture(scope="session", autouse=True)
def network() -> Iterator[None]:
    """Nothing leaves this machine; a browser has a guard of its own (tests/browser)."""
    from tests.network import kept_at_home

    with kept_at_home():
        yield


@pytest.fixture(scope="session")
def live_server(live_server: Any) -> Iterator[Any]:
    """The server that a browser speaks to; it is not stopped in the midst of an answer."""
    from tests.answers import let_answers_end

    yield live_server
    let_answers_end()


@pytest.fixture
def door() -> Iterator[Any]:
    """Keeps who calls the server waiting until the test is ready for it: `door()` lets them in and waits for an answer."""
    from tests.answers import closed_door

    with closed_door() as open_it:
        yield open_it


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Debian's Chromium, quiet: nothing but the pages under test. Where it is installed, the same without the frame of a window:
    the frame's own pages and processes take a third of what a test at a browser costs."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps an event loop in the test's thread
    quiet = "sandbox gpu quic background-networking component-update sync"
    flags = ["--no-sandbox", "--no-first-run", *(f"--disable-{name}" for name in quiet.split()[1:])]
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    return {**browser_type_launch_args, "executable_path": found, "args": flags}


@pytest.fixture(scope="session")
def base_url() -> str:
    """Tests name the whole address; this stands in for a plug-in's fixture that newer pytest warns of."""
    return ""
