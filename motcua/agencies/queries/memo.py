"""Answers remembered while one request (or one batch) is served, so that acts do not ask the same thing
twice.

Off by default: a test or a shell always reads the database. Middleware and batch commands switch it on
with `remember()`; every act of this app that changes an answer calls `forget()`.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
_answers: ContextVar[dict[Hashable, object] | None] = ContextVar("agencies_answers", default=None)


@contextmanager
def remember() -> Iterator[None]:
    """Remember answers until the block ends."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def forget() -> None:
    """Drop what is remembered: something that it rests on has changed."""
    answers = _answers.get()
    if answers is not None:
        answers.clear()


def recall(key: Hashable, compute: Callable[[], T]) -> T:
    """The remembered answer to `key`, else the computed one."""
    answers = _answers.get()
    if answers is None:
        return compute()
    if key not in answers:
        answers[key] = compute()
    return answers[key]  # type: ignore[return-value]  # stored under its key with this type
