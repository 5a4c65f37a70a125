# Two commands do everything: `make demo` and `make test`. The rest is for people who work on Một Cửa.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PORT ?= 8000

.PHONY: help setup setup-dev demo test coverage spark check run bench lock clean

help:
	@echo "make demo   cài đặt, nạp tỉnh minh họa, phục vụ tại http://127.0.0.1:$(PORT)"
	@echo "make test   cài đặt, chạy toàn bộ kiểm thử (SQLite, PostgreSQL, trình duyệt)"
	@echo "make coverage  nhánh nào của quy tắc, thao tác chưa được kiểm thử (SQLite, PostgreSQL)"
	@echo "make spark  cài pyspark (cần Java 17), so báo cáo từ kho số liệu trên Spark"
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

coverage: setup-dev
	@BIN=$(BIN) sh tests/coverage.sh

# The cluster's half of the lake: pyspark is large and wants Java, so that it is no part of `make test`.
spark: setup-dev
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/spark.txt
	$(BIN)/python -m pytest -q -m spark

check: setup-dev
	$(BIN)/ruff format --check motcua tests bench
	$(BIN)/ruff check motcua tests bench
	$(BIN)/lint-imports
	$(BIN)/mypy motcua
	$(BIN)/motcua makemigrations --check --dry-run

bench: setup-dev
	@BIN=$(BIN) sh bench/run.sh

lock:
	for name in runtime lake spark dev; do uv pip compile --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --no-header requirements/$$name.in -o requirements/$$name.txt; done

clean:
	rm -rf $(VENV) var
