"""The `motcua` command: Django's commands under the product's own name."""

import os
import sys


def main() -> None:
    """Run one sub-command, e.g. `motcua clock --cases FILE.csv`."""
    if sys.argv[1:2] == ["clock"]:  # pure arithmetic: no settings, no database, starts at once
        from motcua.workdays.cases import main as clock

        sys.exit(clock(sys.argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
