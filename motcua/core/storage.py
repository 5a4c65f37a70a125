"""Static files under names that carry their content, compressed once, kept by browsers for ever."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """Hashed names after `motcua serve` has collected the files; plain names before, as in tests."""

    def stored_name(self, name: str) -> Any:
        """The hashed name, or the name itself when the file was never collected."""
        if self.hash_key(self.clean_name(name)) not in self.hashed_files:
            return name
        return super().stored_name(name)
