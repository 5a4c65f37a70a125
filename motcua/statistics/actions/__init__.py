"""Acts on report templates."""

from motcua.statistics.actions.templates import add_column, create_template, end_template, remove_column

__all__ = ["add_column", "create_template", "end_template", "remove_column"]
