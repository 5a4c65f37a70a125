"""Which form a file has: the portal's CSV or JSON, or internal processes."""

from motcua.procedures.rules import portal_csv, portal_json, process_files
from motcua.procedures.rules.portal import Parsed, UnreadableFile, decode


def read(raw: bytes) -> Parsed | process_files.ParsedProcesses:
    """Read a file of any known form. Raises UnreadableFile."""
    text = decode(raw)
    start = text.lstrip(" \t\r\n\ufeff")[:1]
    if start == "[":
        return portal_json.parse(text)
    if start == "{":
        return process_files.parse(text)
    if start == "<":
        raise UnreadableFile("Tệp là XML hoặc HTML. Xuất danh mục dạng CSV hoặc JSON rồi nhập lại.")
    return portal_csv.parse(text)
