"""One dated setting for many agencies in one statement."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.agencies.models import Agency, DatedSetting


@dataclass(frozen=True)
class BulkSetting:
    """The values of one setting that agencies have of their own on a day; 0 stands for the nation."""

    values: dict[int, Any]
    default: Any

    @classmethod
    def on(cls, key: str, day: date, default: Any) -> "BulkSetting":
        """All values in force on a legal date. One statement."""
        rows = DatedSetting.objects.filter(DatedSetting.in_force(day), key=key)
        return cls({agency or 0: value for agency, value in rows.values_list("agency_id", "value")}, default)

    def of(self, agency: Agency) -> Any:
        """The value of the nearest agency up the tree, else the national one, else the default."""
        chain = (*reversed(agency.chain_ids), 0)
        return next((self.values[pk] for pk in chain if pk in self.values), self.default)
