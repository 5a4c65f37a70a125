"""Every kind of event that the code writes has words that a person reads."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

from motcua.agencies.rules.permissions import Permission
from motcua.audit.rules.words import say
from motcua.dossiers.rules.transitions import Act
from motcua.feedback.rules.states import Act as FeedbackAct
from motcua.files.models import StoredFile
from motcua.payments.rules.lines import REFUSALS
from motcua.procedures.models import PublicationChange

APPS = Path(settings.BASE_DIR)
KIND = re.compile(r"[a-z_]+\.[a-z_]+")
WRITERS = ("actions", "actions.py", "receivers.py")
# Kinds whose end is a value: what it may be.
BY_VALUE = {
    "dossier.{act}": Act,
    "charge.{act}": REFUSALS,
    "file.{state}": (StoredFile.State.SAFE, StoredFile.State.INFECTED),
    "reply.{act}": ("written", "changed", "dropped"),
    "correction_reason.{act}": ("written", "changed"),
    "feedback.{act.value}": FeedbackAct,
    "procedure.{item.kind}": PublicationChange.Kind,
}
OTHERS = set(Permission) | {"feedback.secret", "quyet-dinh.pdf"}


def _sources():
    for path in APPS.rglob("*.py"):
        parts = path.relative_to(APPS).parts
        if set(WRITERS) & set(parts) and not {"tests", "migrations"} & set(parts):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def _written():
    """Kinds as the code that acts has them: whole, or with a {value} at their end."""
    for path, source in _sources():
        for node in ast.walk(source):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") == "entry"
                and "dossiers" in path.parts
            ) and isinstance(node.args[0], ast.Constant):
                yield f"dossier.{node.args[0].value}"
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and KIND.fullmatch(node.value):
                yield node.value
            if isinstance(node, ast.JoinedStr) and re.match(r"f'[a-z_]+\.\{", text := ast.unparse(node)):
                yield text[2:-1]


WRITTEN = sorted(set(_written()) - OTHERS)
WHOLE = [kind for kind in WRITTEN if "{" not in kind]


def test_the_kinds_are_found():
    assert len(WHOLE) > 80
    assert {"dossier.stage_opened", "user.signed_in", "dossier.payment"} <= set(WHOLE)
    assert set(WRITTEN) - set(WHOLE) <= set(BY_VALUE)


@pytest.mark.parametrize(
    "kind",
    [
        *WHOLE,
        *(start.partition("{")[0] + str(value) for start, values in BY_VALUE.items() for value in values),
    ],
)
def test_a_kind_is_said_in_words(kind):
    assert say(kind) != kind
