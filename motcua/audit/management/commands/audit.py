"""`motcua audit verify | seal | proof CODE | key`: the log's own proofs at the command line."""

import json
from argparse import ArgumentParser
from typing import Any

from motcua.audit import actions, keys, queries
from motcua.core import moments
from motcua.core.commands import PlainCommand


class Command(PlainCommand):
    help = "Kiểm tra, niêm phong và chứng minh nhật ký."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True)
        verify = commands.add_parser(
            "verify", help="kiểm mọi chuỗi và niêm phong; mã thoát 1 khi có chỗ hỏng"
        )
        verify.add_argument("--limit", type=int, default=20, help="số chỗ hỏng được nêu tên")
        verify.add_argument("--expect", default="", help="mã băm của một niêm phong đã công bố")
        verify.add_argument("--trust", action="append", default=[], help="khóa công khai được tin thêm (hex)")
        commands.add_parser("seal", help="niêm phong các sự kiện mới, xin dấu thời gian nếu đã cấu hình")
        proof = commands.add_parser("proof", help="lịch sử một hồ sơ kèm chứng minh, dạng JSON")
        proof.add_argument("code", help="mã hồ sơ hoặc tên chuỗi")
        proof.add_argument("--output", default="-", help="tệp ghi ra; mặc định là màn hình")
        commands.add_parser("key", help="in khóa công khai của cơ quan")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"do_{options['what']}")(options)

    def do_verify(self, options: dict[str, Any]) -> None:
        report = queries.verify(
            limit=options["limit"], expected_seal=options["expect"], trust=options["trust"]
        )
        for line in report.lines():
            self.stdout.write(line)
        if not report.is_whole:
            raise SystemExit(1)

    def do_seal(self, options: dict[str, Any]) -> None:
        at = moments.now()
        made = actions.seal(at=at)
        if made:
            self.stdout.write(f"Niêm phong {made.number}: {made.event_count} sự kiện, mã băm {made.hash}")
        else:
            self.stdout.write("Không có sự kiện mới để niêm phong.")
        if stamped := actions.stamp_pending(at=at):
            self.stdout.write(f"Đã đóng dấu thời gian {stamped} niêm phong.")

    def do_proof(self, options: dict[str, Any]) -> None:
        text = json.dumps(queries.proof(options["code"], at=moments.now()), ensure_ascii=False, indent=1)
        if options["output"] == "-":
            self.stdout.write(text)
            return
        with open(options["output"], "w", encoding="utf-8") as handle:
            handle.write(text + "\n")

    def do_key(self, options: dict[str, Any]) -> None:
        self.stdout.write(keys.public_hex(keys.office_key()))
