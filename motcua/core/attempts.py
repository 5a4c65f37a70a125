"""Running an act from a form: what a rule forbids becomes an error of the form, so that nothing typed is lost."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from motcua.core.errors import RuleViolation

Result = TypeVar("Result")


def attempt(form: forms.BaseForm, act: Callable[..., Result], *args: Any, **kwargs: Any) -> Result | None:
    """The act's result; None when a rule forbids it, with the rule's message among the form's errors."""
    try:
        return act(*args, **kwargs)
    except RuleViolation as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return None


def checked(check: Callable[[str], str], value: str) -> str:
    """A field's text through a check of `core.identity`; empty stays empty. Raises ValidationError with its message."""
    try:
        return check(value) if value else ""
    except RuleViolation as error:
        raise forms.ValidationError(error.message) from error
