"""The electronic form of a filing: what it stands in the place of, what its checks need."""

from motcua.eforms.queries import context, replaced_paper, schema_for
from motcua.filing.models import Application

__all__ = ["context", "replaced_papers", "schema_for"]


def replaced_papers(application: Application) -> frozenset[int]:
    """Ids of the papers that the form stands for. One statement, none without a form."""
    if application.form_version_id is None:
        return frozenset()
    found = replaced_paper(application.version)
    return frozenset([found.pk] if found else [])
