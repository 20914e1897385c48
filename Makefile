# Set-up happens once: a stamp in .venv is newer than what it was made from.
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
PIP := .venv/bin/python -m pip install --quiet --disable-pip-version-check
WORKERS ?= 2

.PHONY: run test test-all test-database bench lint clean

run: .venv/ready-to-run
	@exec .venv/bin/gunicorn -c gunicorn.conf.py wsgi:app

# The slow ones (kill -9, full disks, browsers) are for CI, which sets CI, and for `make test-all`.
test: .venv/ready-to-test
	.venv/bin/python -m pytest -n $(WORKERS) $(if $(CI),,-m "not slow") $(ARGUMENTS)

test-all: .venv/ready-to-test
	.venv/bin/python -m pytest -n $(WORKERS) $(ARGUMENTS)

# On PostgreSQL, where TEST_POSTGRESQL_URL names one whose user may create databases.
test-database: .venv/ready-to-test
	.venv/bin/python -m pytest -n $(WORKERS) -m "database and not slow" $(ARGUMENTS)

bench: .venv/ready-to-test
	.venv/bin/python -m benchmarks

lint: .venv/ready-to-test
	.venv/bin/python -m ruff check .
	.venv/bin/python -m ruff format --check .

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .ruff_cache .hypothesis

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name it with make PYTHON=/path/to/python3." >&2; exit 1; }
	@echo "Setting up .venv with $(PYTHON); this happens once."
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Python's venv module is needed (Debian: apt install python3-venv)." >&2; exit 1; }

.venv/ready-to-run: setup.cfg setup.py | .venv/bin/python
	@$(PIP) --editable .
	@touch $@

.venv/ready-to-test: setup.cfg setup.py | .venv/bin/python
	@$(PIP) --editable ".[test]"
	@touch $@ .venv/ready-to-run
