"""Reads of figures: counts by field, unit, procedure; the dossiers behind a figure."""

from motcua.statistics.queries.behind import behind
from motcua.statistics.queries.counting import GROUPS, Cell, count
from motcua.statistics.queries.reports import build
from motcua.statistics.queries.scopes import Scope, scope_of

__all__ = ["GROUPS", "Cell", "Scope", "behind", "build", "count", "scope_of"]
