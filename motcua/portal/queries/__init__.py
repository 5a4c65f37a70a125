"""What the citizen's site shows, put in plain words. No table of its own, no personal data."""

from motcua.portal.queries.catalogue import Sheet, fields_with_counts, offices, sheet, versions_found
from motcua.portal.queries.tracking import TrackedView, tracked

__all__ = ["Sheet", "TrackedView", "fields_with_counts", "offices", "sheet", "tracked", "versions_found"]
