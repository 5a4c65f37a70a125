"""The house rules that import-linter cannot see."""

import ast
import inspect
import pkgutil
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "motcua"
# Lowest first; apps of one rank do not know each other.
RANKS = [
    {"core"},
    {"accounts", "audit", "files", "places", "printing"},
    {"agencies"},
    {"notifications", "payments", "workdays"},
    {"procedures"},
    {"eforms"},
    {"dossiers"},
    {"holdings"},
    {"feedback", "filing", "news", "surveys", "tickets"},
    {"privacy", "statistics"},
    {"api", "counter", "portal"},
    {"scenarios"},
]
RANK = {app: number for number, names in enumerate(RANKS) for app in names}
# A file belongs to whoever uploaded it: the one reference inside a rank.
ALLOWED_SIDEWAYS = {("files", "accounts")}

OURS = [c for c in apps.get_app_configs() if c.name.startswith("motcua.")]
MODELS = [m for c in OURS for m in c.get_models()]
SOURCES = sorted(p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts)


def test_every_app_has_its_place_in_the_layers() -> None:
    assert {c.label for c in OURS} == set(RANK)


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
def test_foreign_keys_point_downwards(model: type[models.Model]) -> None:
    for field in model._meta.get_fields():
        target = getattr(field, "remote_field", None) and field.concrete and field.related_model
        if not target or target._meta.app_label not in RANK:
            continue
        here, there = model._meta.app_label, target._meta.app_label
        assert here == there or RANK[there] < RANK[here] or (here, there) in ALLOWED_SIDEWAYS, field


def test_no_file_passes_four_hundred_lines() -> None:
    files = [*SOURCES, *ROOT.glob("tests/**/*.py"), *ROOT.glob("bench/**/*.py")]
    lengths = {str(p.relative_to(ROOT)): len(p.read_text(encoding="utf-8").splitlines()) for p in files}
    assert not {name: length for name, length in lengths.items() if length > 400}


def functions_of(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]


def test_no_function_passes_sixty_lines() -> None:
    found = [(path, f) for path in SOURCES for f in functions_of(path)]
    assert not [f"{p.relative_to(PACKAGE)}: {f.name}" for p, f in found if f.end_lineno - f.lineno >= 60]


def action_modules() -> list[str]:
    names = []
    for app in OURS:
        package = f"{app.name}.actions"
        base = PACKAGE / app.label
        if (base / "actions.py").exists():
            names.append(package)
        elif (base / "actions").is_dir():
            found = pkgutil.iter_modules([str(base / "actions")])
            names += [f"{package}.{m.name}" for m in found if not m.name.startswith("_")]
    return names


# Acts of the machine itself, not of a person: they make nothing that a person must answer for.
WITHOUT_ACTOR = {
    "motcua.printing.actions",
    "motcua.audit.actions",
}


def public_actions() -> list[object]:
    acts = []
    for name in action_modules():
        if name.startswith(tuple(WITHOUT_ACTOR)):
            continue
        module = import_module(name)
        acts += [
            f for f in vars(module).values() if inspect.isfunction(f) and inspect.unwrap(f).__module__ == name
        ]
    return [f for f in acts if not f.__name__.startswith("_")]


@pytest.mark.parametrize("act", public_actions(), ids=lambda f: f"{f.__module__}.{f.__name__}")
def test_every_act_names_its_actor(act: object) -> None:
    parameters = inspect.signature(act).parameters
    assert "actor" in parameters
    assert parameters["actor"].kind is inspect.Parameter.KEYWORD_ONLY


@pytest.mark.parametrize("act", public_actions(), ids=lambda f: f"{f.__module__}.{f.__name__}")
def test_every_act_says_what_it_does(act: object) -> None:
    assert inspect.getdoc(act)


def rule_files() -> list[Path]:
    return [p for p in SOURCES if "rules" in p.parts or p.name == "rules.py"]


FORBIDDEN_IN_RULES = re.compile(
    r"^(?:from|import) django|\b(?:datetime\.now|date\.today|timezone\.now|moments\.now|moments\.today)\(",
    re.M,
)


def test_rules_know_no_model_no_request_no_clock() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in rule_files() if "tests" not in path.parts}
    assert texts
    assert not [str(p.relative_to(PACKAGE)) for p, text in texts.items() if FORBIDDEN_IN_RULES.search(text)]


def test_every_model_is_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").lower()
    missing = [str(m._meta.verbose_name) for m in MODELS if str(m._meta.verbose_name).lower() not in glossary]
    assert not missing


def test_templates_hold_no_inline_style_or_script() -> None:
    offenders = []
    for path in PACKAGE.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        if re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)", text):
            offenders.append(str(path.relative_to(PACKAGE)))
    assert not offenders


def test_no_view_fetches_a_row_past_its_door() -> None:
    """Permission is part of the queryset: a view asks `queries.access_*`, never `Model.objects`."""
    offenders = []
    for path in SOURCES:
        if "tests" in path.parts or not ("views" in path.parts or path.name == "views.py"):
            continue
        if re.search(r"\.objects\.|get_object_or_404", path.read_text(encoding="utf-8")):
            offenders.append(str(path.relative_to(PACKAGE)))
    assert not offenders


def test_views_and_forms_are_private_to_their_app() -> None:
    offenders = []
    for path in SOURCES:
        here = path.relative_to(PACKAGE).parts[0]
        for app, part in re.findall(r"from motcua\.(\w+)\.(views|forms)\b", path.read_text(encoding="utf-8")):
            if app not in (here, "core"):
                offenders.append(f"{path.relative_to(PACKAGE)} imports {app}.{part}")
    assert not offenders
