# Two commands do everything: `make demo` and `make test`. The rest is for people who work on Một Cửa.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PORT ?= 8000

.PHONY: help setup setup-dev demo test check run bench lock clean

help:
	@echo "make demo   cài đặt, nạp tỉnh minh họa, phục vụ tại http://127.0.0.1:$(PORT)"
	@echo "make test   cài đặt, chạy toàn bộ kiểm thử (SQLite, PostgreSQL, trình duyệt)"
	@echo "make check  định dạng, kiểu, ranh giới giữa các phần"
	@echo "make run    phục vụ dữ liệu đang có"
	@echo "make bench  đo tốc độ, in cạnh mốc so sánh"

setup: $(VENV)/.runtime

setup-dev: $(VENV)/.dev

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

demo: setup
	@$(BIN)/motcua demo

run: setup
	@$(BIN)/motcua serve

test: setup-dev
	@BIN=$(BIN) sh tests/run.sh

check: setup-dev
	$(BIN)/ruff format --check motcua tests bench
	$(BIN)/ruff check motcua tests bench
	$(BIN)/lint-imports
	$(BIN)/mypy motcua
	$(BIN)/motcua makemigrations --check --dry-run

bench: setup-dev
	@BIN=$(BIN) sh bench/run.sh

lock:
	for name in runtime dev; do uv pip compile --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header requirements/$$name.in -o requirements/$$name.txt; done

clean:
	rm -rf $(VENV) var
