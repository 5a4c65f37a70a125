"""The hash of a form's answers, by which the log knows each revision."""

from typing import Any

from motcua.audit.rules.canonical import fingerprint


def fingerprint_of(answers: Any) -> str:
    """SHA-256 of answers as they were kept. Fractions count as their shortest text: that is the same before and after any
    database, and the log takes no binary fractions.
    """
    return fingerprint(_exact(answers))


def _exact(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _exact(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_exact(one) for one in value]
    return repr(value) if isinstance(value, float) else value
