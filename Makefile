# ProficientHub: one command each to set up, run, test, check and measure. `make` lists them.
# Every step is skipped while what it was made from is unchanged (.local/stamps).

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh

PORT ?= 8000
WORKERS ?= 2
PYTHON := .venv/bin/python
STAMPS := .local/stamps
FRONTEND_SOURCES := frontend/package-lock.json frontend/index.html frontend/src frontend/public \
	frontend/vite.config.ts frontend/tsconfig.json

# $(call fingerprint,files and folders): a number that changes with their names and contents.
fingerprint = find $(1) -type f -exec cksum {} + 2>/dev/null | LC_ALL=C sort -k 3 | cksum | cut -d ' ' -f 1

# $(call step,name,files and folders,proof that it was done,what is said,command): the command, once for each state of
# the files. It is done again when the proof is missing.
define step
@mkdir -p -m 700 .local && mkdir -p $(STAMPS); \
now=$$($(call fingerprint,$(2))); \
if [ ! -e $(3) ] || [ "$$(cat $(STAMPS)/$(1) 2>/dev/null)" != "$$now" ]; then \
	echo "==> $(4)"; \
	{ $(5); } && echo "$$now" > $(STAMPS)/$(1); \
fi
endef

PIP_INSTALL := $(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes
has_frontend := $(wildcard frontend/package.json)

APPS := config accounts academies exams tutoring gamification analytics deploy

# Throw-away values for the check of the production settings.
PRODUCTION := DJANGO_SETTINGS_MODULE=config.settings.production ALLOWED_HOSTS=proficienthub.example \
	SITE_URL=https://proficienthub.example DEFAULT_FROM_EMAIL=no-reply@proficienthub.example \
	EMAIL_URL=smtp+tls://mail.proficienthub.example:587 \
	FIELD_ENCRYPTION_KEYS=thrown-away-after-this-check-0123456789 BLIND_INDEX_KEY=thrown-away-after-this-check-0123456789 \
	DATABASE_URL=postgresql://nobody@localhost/none REDIS_URL=redis://localhost:6379/0

.PHONY: help
help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | awk -F '\t' '{ printf "  make %-10s %s\n", $$1, $$2 }'

.PHONY: setup
setup: python frontend ## install what `make run` needs

.PHONY: run
run: port-is-free setup ## start everything: http://localhost:8000 (PORT=8001 for another port)
	@echo "==> Preparing the database"
	@$(PYTHON) manage.py migrate --verbosity 0
	@$(PYTHON) manage.py seed_demo
	@echo "==> Starting"
	@exec $(PYTHON) -I -S config/embedded/tether.py SIGTERM 0 -- $(PYTHON) manage.py up --port $(PORT)

.PHONY: test
test: python-dev frontend system-packages ## run every test: back end, browser, front end
	$(PYTHON) -m pytest -n $(WORKERS)
	$(if $(has_frontend),cd frontend && npm run --silent test)

.PHONY: lint
lint: python-dev node-modules ## style, types, layers, security, migrations, API snapshot, production settings
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy .
	.venv/bin/lint-imports
	$(PYTHON) -m bandit --quiet --configfile pyproject.toml --recursive $(APPS) manage.py
	$(PYTHON) deploy/audit_packages.py
	$(PYTHON) manage.py makemigrations --check --dry-run
	$(PYTHON) manage.py openapi --check
	@echo "manage.py check --deploy (production settings)"
	@$(PRODUCTION) SECRET_KEY=$$($(PYTHON) -c "import secrets; print(secrets.token_urlsafe(64))") \
		$(PYTHON) manage.py check --deploy --fail-level WARNING
	$(if $(has_frontend),cd frontend && npm run --silent lint && npm run --silent typecheck)

.PHONY: bench
bench: python-dev ## measure against the targets
	$(PYTHON) -m tests.benchmarks

.PHONY: openapi
openapi: python-dev ## write the API document
	$(PYTHON) manage.py openapi

.PHONY: messages
messages: python-dev ## compile what the server says in other languages (config/locale)
	.venv/bin/pybabel compile --directory config/locale --domain django

.PHONY: types
types: openapi node-modules ## write the API document and the front end's types from it
	$(if $(has_frontend),cd frontend && npm run --silent types)

.PHONY: erd
erd: python-dev ## draw the data model
	$(PYTHON) manage.py erd

.PHONY: clean
clean: ## remove what was built and measured; installed packages and local data stay
	@if [ -x $(PYTHON) ] && [ -d .local/run ]; then $(PYTHON) manage.py services stop; fi
	rm -rf frontend/dist staticfiles $(STAMPS)/frontend-build .local/test .local/log .local/beat
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .schemathesis
	@find . -name __pycache__ -type d -not -path './.venv/*' -not -path '*/node_modules/*' -prune -exec rm -rf {} +

# --- Steps -----------------------------------------------------------------------------------------------------------

.PHONY: port-is-free
port-is-free: .venv/bin/python
	@$(PYTHON) config/embedded/port.py $(PORT)

.venv/bin/python:
	@echo "==> Creating the Python environment"
	@found=""; \
	for name in python3.11 python3 python; do \
		if "$$name" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then found=$$name; break; fi; \
	done; \
	if [ -z "$$found" ]; then echo "Python 3.11 is not on this machine: install it (python.org, or your package manager)." >&2; exit 1; fi; \
	if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "Python 3.11 lacks its venv module: install it (Debian and Ubuntu: apt-get install python3.11-venv)." >&2; exit 1; \
	fi; \
	rm -rf .venv && "$$found" -m venv .venv

.PHONY: python
python: .venv/bin/python
	$(call step,python,requirements/local.txt,.venv/bin/gunicorn,Installing Python packages (about a minute),\
		$(PIP_INSTALL) -r requirements/local.txt)

# The packages for running are a part of those for developing: what `make test` installed is enough for `make run`.
.PHONY: python-dev
python-dev: .venv/bin/python
	$(call step,python-dev,requirements/dev.txt,.venv/bin/pytest,Installing Python packages (about a minute),\
		$(PIP_INSTALL) -r requirements/dev.txt && $(call fingerprint,requirements/local.txt) > $(STAMPS)/python)

.PHONY: frontend
frontend: $(if $(has_frontend),frontend-build)

.PHONY: frontend-build
frontend-build: npm-packages
	$(call step,frontend-build,$(FRONTEND_SOURCES),frontend/dist/index.html,Building the front end (some seconds),\
		cd frontend && npm run --silent build && cd ..)

.PHONY: node-modules
node-modules: $(if $(has_frontend),npm-packages)

.PHONY: npm-packages
npm-packages: node-is-there
	$(call step,npm-packages,frontend/package.json frontend/package-lock.json,frontend/node_modules,Installing front-end packages (half a minute),\
		cd frontend && npm ci --no-audit --no-fund --loglevel=error && cd ..)

.PHONY: node-is-there
node-is-there:
	@if ! node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null || ! command -v npm >/dev/null; then \
		echo "Node.js 20 or newer with npm is not on this machine: install it (nodejs.org, or your package manager)." >&2; exit 1; \
	fi

.PHONY: system-packages
system-packages:
	@deploy/system-packages.sh
