"""A report as a file: XLSX, PDF, CSV, JSON, all of the same cells."""

from motcua.statistics.output.files import KINDS, File, write

__all__ = ["KINDS", "File", "write"]
