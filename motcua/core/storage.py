"""Static files under names that carry their content, compressed once, kept by browsers for ever."""

import os
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]  # whitenoise has no types

COLLECTED = "MOTCUA_COLLECTED"  # set by `motcua serve` for the processes that it starts


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Hashed names in a server whose files were just collected; plain names elsewhere, as in tests."""

    def load_manifest(self) -> tuple[dict[str, str], str]:
        """The names collected for this server; none in any other process, where they may be stale."""
        return super().load_manifest() if os.environ.get(COLLECTED) else ({}, "")

    def stored_name(self, name: str) -> Any:
        """The hashed name, or the name itself when the file was never collected."""
        if self.hash_key(self.clean_name(name)) not in self.hashed_files:
            return name
        return super().stored_name(name)
