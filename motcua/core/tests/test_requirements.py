"""What is installed is used, and the lock holds what is asked for."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
WANTED = [
    re.split(r"[\[~=<>]", line)[0]
    for line in (ROOT / "requirements" / "runtime.in").read_text().splitlines()
    if line and not line.startswith(("#", "-"))
]
# Known by another name in the code; or named in settings, in the build, in the lock of another.
AS = {
    "argon2-cffi": "Argon2PasswordHasher",
    "django-allauth": "allauth",
    "django-axes": "axes",
    "django-htmx": "django_htmx",
    "django-template-partials": "template_partials",
    "flit_core": "flit_core",
    "Pillow": "PIL",
    "pillow-heif": "pillow_heif",
    "psycopg": "django.db.backends.postgresql",
    "python-stdnum": "stdnum",
    "XlsxWriter": "xlsxwriter",
    "Django": "django",
    "zxing-cpp": "zxingcpp",
}


# Reading spreadsheets safely is not built yet (reports are only written so far).
AWAITED = {"openpyxl", "defusedxml"}


@pytest.fixture(scope="module")
def everything() -> str:
    files = [path for path in (ROOT / "motcua").rglob("*.py") if "tests" not in path.parts]
    return "\n".join(path.read_text() for path in [*files, ROOT / "pyproject.toml"])


@pytest.mark.parametrize("name", [name for name in WANTED if name not in AWAITED])
def test_every_library_asked_for_is_used(name: str, everything: str) -> None:
    assert AS.get(name, name) in everything


@pytest.mark.parametrize("name", WANTED)
def test_every_library_asked_for_is_locked_with_hashes(name: str) -> None:
    lock = (ROOT / "requirements" / "runtime.txt").read_text()
    assert re.search(
        rf"^{re.escape(name.lower().replace('_', '-'))}(\[[a-z,]+\])?==\S+ .*\\\n    --hash=", lock, re.M
    )
