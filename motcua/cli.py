"""The `motcua` command: Django's commands under the product's own name."""

import os
import sys


def main() -> None:
    """Run one sub-command, e.g. `motcua clock --cases FILE.csv`."""
    if sys.argv[1:2] == ["clock"]:  # pure arithmetic: no settings, no database, starts at once
        from motcua.workdays.cases import main as clock

        sys.exit(clock(sys.argv[2:]))
    if sys.argv[1:2] == [
        "scenario"
    ]:  # its database is named on the command line, before the settings are read
        _choose_database(sys.argv[2:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def _choose_database(words: list[str]) -> None:
    """Let `--database URL` (or `--database=URL`) take the place of DATABASE_URL."""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        name, _, value = word.partition("=")
        if name == "--database" and (value or following):
            os.environ["DATABASE_URL"] = value or following
