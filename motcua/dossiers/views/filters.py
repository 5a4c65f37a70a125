"""The inbox as chosen: its tab and filters, kept in the address so that a dossier knows its list."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import QueryDict

from motcua.accounts.models import User
from motcua.agencies.queries import Authority
from motcua.agencies.web import StaffRequest
from motcua.core.web import count_text
from motcua.dossiers.forms import FilterForm
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import workbench

KEPT = ("tab", "text", "procedure", "field", "agency", "stage")


@dataclass(frozen=True)
class Tab:
    """One tab of the inbox; `empty` is what it says when nothing is there."""

    code: str
    label: str
    empty: str
    tone: str = ""


TABS = (
    Tab("mine", "Của tôi", "Không có việc nào đang chờ bạn"),
    Tab("hand", "Chờ nhận", "Không có hồ sơ nào chờ ký nhận"),
    Tab("unit", "Chưa ai nhận", "Mọi việc của đơn vị đã có người nhận"),
    Tab("soon", "Sắp hạn", "Không có hồ sơ nào sắp đến hạn", "soon"),
    Tab("late", "Quá hạn", "Không có hồ sơ nào quá hạn", "late"),
    Tab("supplement", "Chờ bổ sung", "Không có hồ sơ nào chờ bổ sung"),
    Tab("opinion", "Chờ ý kiến", "Không có câu hỏi nào chờ ý kiến của bạn"),
    Tab("sign", "Trình ký", "Không có hồ sơ nào chờ ký"),
    Tab("done", "Đã xong", "Bảy ngày qua chưa xong hồ sơ nào"),
)
BY_CODE = {tab.code: tab for tab in TABS}


class Chosen:
    """A tab and filters, from an address."""

    def __init__(self, data: QueryDict) -> None:
        self.tab = BY_CODE.get(data.get("tab", ""), TABS[0])
        self.filters: dict[str, Any] = FilterForm(data).chosen()

    @cached_property
    def query(self) -> str:
        """The choice as the query part of an address."""
        kept = QueryDict(mutable=True)
        kept["tab"] = self.tab.code
        kept.update({name: str(value) for name, value in self.filters.items()})
        return kept.urlencode()

    def tabs(self, counts: dict[str, int]) -> list[dict[str, Any]]:
        """The tabs as the include draws them; filters stay when the tab changes."""
        return [self._tab(tab, counts.get(tab.code)) for tab in TABS]

    def _tab(self, tab: Tab, count: int | None) -> dict[str, Any]:
        kept = QueryDict(self.query, mutable=True)
        kept["tab"] = tab.code
        return {
            "label": tab.label,
            "href": f"?{kept.urlencode()}",
            "active": tab == self.tab,
            "count": count_text(count) if count else "",
            "tone": tab.tone if count else "",
        }


class Listed:
    """The list from which a dossier was opened, and its neighbours there."""

    def __init__(self, request: StaffRequest) -> None:
        text = request.GET.get("danh-sach", "")[:500]
        self.query = Chosen(QueryDict(text)).query if text else ""

    def neighbours(
        self, authority: Authority, user: User, dossier: Dossier, at: datetime
    ) -> dict[str, int | None] | None:
        """Ids of the dossiers before and after this one in the list; None when it was not opened from a list."""
        if not self.query:
            return None
        chosen, days = Chosen(QueryDict(self.query)), workbench.days_for(authority, user, at)
        rows = workbench.inbox(authority, user, chosen.tab.code, chosen.filters, days, at)
        return workbench.neighbours(rows, dossier)
