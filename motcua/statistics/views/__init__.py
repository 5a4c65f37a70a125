"""Pages of reports and their templates."""

from motcua.statistics.views.reading import dossiers, download, figures, report, reports
from motcua.statistics.views.templates import create, end, remove_column, template, templates

__all__ = [
    "create",
    "dossiers",
    "download",
    "end",
    "figures",
    "remove_column",
    "report",
    "reports",
    "template",
    "templates",
]
