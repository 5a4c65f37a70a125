"""The `motcua` command: Django's commands under the product's own name."""

import os
import sys


def main() -> None:
    """Run one sub-command, e.g. `motcua clock --cases FILE.csv`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
