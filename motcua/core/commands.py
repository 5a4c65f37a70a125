"""What our commands share."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.core.errors import NotFound, RuleViolation


class PlainCommand(BaseCommand):
    """A command that says what is wrong in one sentence, without the name of an exception before it, and ends with status 1, or
    with the one that was given. Called from code it raises CommandError, as every command does.
    """

    _called_from_command_line: bool  # Django's own; its published types leave it out

    def execute(self, *args: Any, **options: Any) -> Any:
        """Run; at the command line a refusal is one line on the error output."""
        try:
            return self._executed(*args, **options)
        except CommandError as error:
            if not self._called_from_command_line:
                raise
            self.stderr.write(str(error))
            sys.exit(error.returncode)

    def _executed(self, *args: Any, **options: Any) -> Any:
        try:
            return super().execute(*args, **options)
        except (RuleViolation, NotFound) as error:
            raise CommandError(error.message) from error
