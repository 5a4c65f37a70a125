"""What decides the fee, stated anew because the office asks for it."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from motcua.dossiers.queries.fees import FeeView
from motcua.dossiers.rules.fees import Settled
from motcua.filing.rules import fees as rules
from motcua.portal.forms.filing import FeesPage
from motcua.portal.views.filing.money import exemption_label


class FeesAnew:
    """The questions of the fee once more; what was stated before stands in them until something is sent."""

    def __init__(self, view: FeeView, posted: Mapping[str, Any] | None) -> None:
        self.view, self.posted = view, posted
        self.asked = rules.questions_of(view.lines)

    @cached_property
    def given(self) -> dict[str, str]:
        """The answers as text."""
        before: dict[str, Any] = {**self.view.quantities, "exemption": self.view.claimed}
        return rules.read(before if self.posted is None else self.posted, self.asked)

    @cached_property
    def errors(self) -> dict[str, str]:
        """What must be put right; nothing before anything is sent."""
        return {} if self.posted is None else rules.check(self.given, self.asked)

    @property
    def stated(self) -> Settled:
        """The answers as the act takes them."""
        one = rules.claimed(self.given, self.asked)
        return Settled(rules.quantities(self.given, self.asked), one.reason if one else "")

    @cached_property
    def form(self) -> FeesPage:
        """The questions as the page shows them."""
        choices = [(one.reason, exemption_label(one)) for one in self.asked.exemptions]
        made = FeesPage(self.asked.counted, choices, self.given, self.errors)
        if "exemption" in made.fields:
            made.fields["exemption"].help_text = _("Cán bộ kiểm tra lại khi tiếp nhận.")
        return made
