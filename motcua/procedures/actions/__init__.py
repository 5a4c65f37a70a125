"""Acts on the catalogue, one file per noun."""

from motcua.procedures.actions.importing import import_catalogue

__all__ = ["import_catalogue"]
