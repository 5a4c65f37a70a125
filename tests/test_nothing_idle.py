"""What an administrator can set or grant does something: every setting is read, every permission is asked."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from motcua.agencies.rules.permissions import Permission
from motcua.agencies.rules.settings import SETTINGS

APPS = Path(settings.BASE_DIR)
# Where settings and permissions are only named or handed out.
NAMED = {"agencies/rules/settings.py", "agencies/rules/permissions.py", "agencies/rules/roles.py"}


def _code() -> str:
    kept = []
    for path in [*APPS.rglob("*.py"), *APPS.rglob("*.html")]:
        parts = path.relative_to(APPS).parts
        if not {"tests", "migrations", "scenarios"} & set(parts) and "/".join(parts) not in NAMED:
            kept.append(path.read_text(encoding="utf-8"))
    return "\n".join(kept)


CODE = _code()


@pytest.mark.parametrize("key", [setting.key for setting in SETTINGS])
def test_a_setting_is_read(key: str) -> None:
    assert f'"{key}"' in CODE


@pytest.mark.parametrize("permission", list(Permission))
def test_a_permission_is_asked(permission: Permission) -> None:
    asked = rf"\b(?:P|Permission)\.{permission.name}\b|[\"']{re.escape(permission.value)}[\"']"
    assert re.search(asked, CODE)
