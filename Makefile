# Set-up happens once: a stamp in .venv is newer than what it was made from.
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
PIP := .venv/bin/python -m pip install --quiet --disable-pip-version-check
WORKERS ?= 2
# What is compiled is kept: tests start hundreds of processes.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-all test-database bench lint clean clean-data

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

# What make made; artwork, history and settings in data/ are the user's.
clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -not -path "./data/*" -prune -exec rm -rf {} +
	@test ! -d data || echo "data/ is kept: it holds your artwork, history and settings. \`make clean-data\` deletes it."

# Asks first; CONFIRM=yes answers for scripts.
clean-data:
	@test -d data || { echo "There is no data/ here."; exit 0; }; answer="$(CONFIRM)"; \
	test -n "$$answer" || { printf "Stop the server first. Delete data/ with all artwork, history, settings and keys? Type yes: "; \
		read -r answer; }; \
	test "$$answer" = yes || { echo "Nothing is deleted."; exit 1; }; rm -rf data; echo "data/ is deleted."

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
