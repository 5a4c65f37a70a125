"""Prints every sample form into a folder, to look at: python -m motcua.printing.samples FOLDER"""

import sys
from pathlib import Path

from motcua.printing.actions import render
from motcua.printing.samples import SAMPLES


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, (template, data) in SAMPLES.items():
        (folder / f"{name}.pdf").write_bytes(render(template, data))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
