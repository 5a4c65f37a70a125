"""Fields for what decides the fee of a filed dossier, as its person stated it: put on every form that accepts one."""

from typing import Any

from django import forms

from motcua.dossiers.queries.fees import FeeView
from motcua.dossiers.rules.fees import LABELS, LONGEST, NUMBERS
from motcua.procedures.rules.fees import MAX_QUANTITY

REFUSED = "Vì sao không miễn, giảm như đề nghị"


def add_fee_fields(fields: dict[str, Any], view: FeeView) -> None:
    """Ask for what changes the amount: the numbers that count, the exemption where the schedule knows one or one is claimed."""
    for name, number in view.quantities.items():
        fields[f"fee_{name}"] = forms.IntegerField(
            label=LABELS[name], required=False, min_value=1, max_value=MAX_QUANTITY, initial=number
        )
    if not (view.exemptions or view.claimed):
        return
    choices = [("", "Không miễn, giảm"), *((one.reason, one.reason) for one in view.exemptions)]
    fields["exemption_reason"] = forms.ChoiceField(
        label=LABELS["exemption"], required=False, choices=choices, initial=view.claimed
    )
    if view.claimed:
        fields["exemption_refusal"] = forms.CharField(
            label=REFUSED,
            required=False,
            max_length=LONGEST,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            help_text="Chỉ ghi khi không chấp nhận đề nghị. Người nộp nhận câu này trong tin báo.",
        )


def fees_typed(form: Any) -> dict[str, Any]:
    """What `actions.accept` takes of such a form; what was not asked for, or not answered, stays as stated."""
    typed = form.cleaned_data
    numbers = {name: typed[f"fee_{name}"] for name in NUMBERS if typed.get(f"fee_{name}")}
    asked = "exemption_reason" in form.fields and "exemption_reason" in form.data
    return {
        "fee_quantities": numbers or None,
        "exemption_reason": typed.get("exemption_reason", "") if asked else None,
        "exemption_refusal": typed.get("exemption_refusal", ""),
    }
