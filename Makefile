# What one can do here. Everything installs into .venv and app/web/node_modules, nothing system-wide
# except what the tests drive (make browser: Debian's chromium, nginx, PostgreSQL, …).

PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
WEB := app/web
BANK := build/bank
DAUER ?= 60
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help run build serve test lint audit format bench load qgis screenshots lock browser clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

run: build serve ## set everything up, build the map and serve it on http://127.0.0.1:$(PORT)

build: .venv/runtime $(WEB)/dist/app.js ## build geodata/ into build/aktuell
	$(BIN)/python build_map.py build

serve: .venv/runtime
	@$(BIN)/python -m app --port $(PORT)

test: .venv/dev $(WEB)/dist/app.js browser ## all tests, browser included
	cd $(WEB) && npm test --silent
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder --durations=25

lint: .venv/dev $(WEB)/node_modules/.stamp ## formatters, linters, type checkers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	cd $(WEB) && npm run --silent lint

audit: .venv/dev $(WEB)/node_modules/.stamp ## known vulnerabilities of all dependencies, where the advisories can be reached
	@$(BIN)/python -m tests.audit

format: .venv/dev $(WEB)/node_modules/.stamp ## let the formatters write
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	cd $(WEB) && npm run --silent format

bench: .venv/dev $(WEB)/dist/app.js $(BANK)/.stamp ## measure and write docs/leistung.md; TEIL=pygeoapi,nginx only those
	@sh tests/debian.sh chromium nginx libnginx-mod-http-brotli-static libsqlite3-mod-spatialite wrk
	$(BIN)/python -m tests.bench $(if $(TEIL),--teil $(TEIL)) $(if $(KURZ),--kurz)

qgis: .venv/dev $(WEB)/dist/app.js ## load every collection of /ogc in QGIS (Debian's package, about 1 GB)
	@sh tests/debian.sh qgis python3-qgis
	$(BIN)/python -m pytest tests/ogc/test_qgis.py -q -rs

load: .venv/dev $(WEB)/dist/app.js $(BANK)/.stamp ## many visitors while builds are switched; DAUER=600 for ten minutes
	@sh tests/debian.sh wrk
	$(BIN)/python -m tests.bench --teil load --dauer $(DAUER)

screenshots: .venv/dev $(WEB)/dist/app.js ## redraw the pictures in docs/
	@sh tests/debian.sh chromium libreoffice-calc poppler-utils
	$(BIN)/python -m tests.screenshots

lock: .venv/dev ## pin all dependencies anew
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile $(PIP_COMPILE) --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile $(PIP_COMPILE) --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml
	$(BIN)/pip-compile $(PIP_COMPILE) --output-file tests/bench/requirements.lock tests/bench/requirements.in
	cd $(WEB) && npm install --package-lock-only
	cd tests/bench && npm install --package-lock-only

browser:
	@sh tests/debian.sh chromium nginx openssl systemd postgresql postgis

clean: ## remove everything that was installed or built here
	rm -rf .venv build $(WEB)/node_modules $(WEB)/dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

PIP_COMPILE := --quiet --upgrade --generate-hashes --strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 …")'
	$(PYTHON) -m venv .venv

.venv/runtime: .venv/bin/python requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/dev: .venv/runtime requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

$(WEB)/node_modules/.stamp: .venv/runtime $(WEB)/package-lock.json
	cd $(WEB) && npm ci --silent --no-audit --no-fund
	@touch $@

$(WEB)/dist/app.js: $(WEB)/node_modules/.stamp $(wildcard $(WEB)/src/*.ts $(WEB)/src/*/*.ts $(WEB)/src/*/*.css $(WEB)/*.json $(WEB)/*.mjs)
	cd $(WEB) && npm run --silent build

# The rivals and the tools of the benchmark, in environments of their own: nothing of it is the project's.
# Debian's Python, because its SQLite may load SpatiaLite, which pygeoapi wants for GeoPackage.
$(BANK)/.stamp: .venv/runtime tests/bench/requirements.lock tests/bench/package-lock.json
	@sh tests/debian.sh python3-venv
	rm -rf $(BANK)/venv $(BANK)/npm && mkdir -p $(BANK)/npm
	/usr/bin/python3 -m venv $(BANK)/venv
	$(BANK)/venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/bench/requirements.lock
	cp tests/bench/package.json tests/bench/package-lock.json tests/bench/.npmrc $(BANK)/npm
	cd $(BANK)/npm && npm ci --silent --no-audit --no-fund
	@touch $@
