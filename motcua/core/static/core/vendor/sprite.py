"""Make icons.svg from the icons named in icons.txt: `python sprite.py FOLDER_OF_ICONS`."""

import re
import sys
from pathlib import Path

HERE = Path(__file__).parent / "bootstrap-icons"


def symbol(folder: Path, line: str) -> str:
    """One icon as a <symbol>; "a=b" draws b under the name a. Raises FileNotFoundError when there is no such icon."""
    name, _, drawing = line.partition("=")
    text = (folder / f"{drawing or name}.svg").read_text()
    body = re.sub(r"^<svg[^>]*>|</svg>$", "", text.strip()).replace("\n", "").replace("  ", "")
    return f'<symbol id="{name}" viewBox="0 0 16 16">{body}</symbol>'


if __name__ == "__main__":
    names = (HERE / "icons.txt").read_text().split()
    symbols = "\n".join(symbol(Path(sys.argv[1]), name) for name in names)
    (HERE / "icons.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n')
