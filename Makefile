# `make` alone prints this list; every target sets up what it needs.
SHELL := /bin/bash
# The first that runs: version managers put names on PATH that only print an error.
PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3,\
  $(shell $(name) -c 'import sys; print(sys.executable)' 2>/dev/null)) python3)
DEVICE ?= cpu
PIP_OPTIONS ?=
PORT ?= 8000
VERSIONS ?=

BIN := .venv/bin
READY := .venv/.ready
HTML := _build/html
SPHINX := $(BIN)/sphinx-build -c . -W --keep-going -n -j auto docs
MESSAGES := _build/gettext
GETTEXT := $(BIN)/sphinx-build -q -E -b gettext -c . docs $(MESSAGES)
export DEVICE VERSIONS

.PHONY: help html english chinese test lint serve translate mutate versions bench audit clean
.DEFAULT_GOAL := help

help:  ## print this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 18
	@echo
	@echo 'DEVICE=cpu|gpu|ascend   where the examples run (cpu)'
	@echo 'PYTHON=python3.12       what .venv is made with, 3.11 or 3.12 (the first found)'
	@echo 'PIP_OPTIONS="..."       options for pip, instead of those that fit the machine'
	@echo 'PORT=8000               where make serve listens'
	@echo 'ONLY="..."              what make bench measures: cold_16, site, ... (all)'
	@echo 'VERSIONS="..."          of MindSpore, for make versions (those in noxfile.py)'
	@echo 'SITE_URL=https://.../   where the site will stand (http://localhost:8000/)'

$(READY): requirements.txt pyproject.toml tools/install.py
	@command -v $(PYTHON) >/dev/null || { echo 'Crosswalk needs Python 3.11 or 3.12 and "$(PYTHON)" is not here: install one of the two.'; exit 1; }
	@PIP_OPTIONS='$(PIP_OPTIONS)' $(PYTHON) tools/install.py .venv requirements.txt
	@touch $@

html: $(READY)  ## run the examples, build the site in both languages into _build/html
	@mkdir -p _build
	@$(MAKE) --no-print-directory -j 2 english chinese || { \
	  echo 'What went wrong:'; cat _build/warnings-*.txt; exit 1; }
	$(BIN)/python -m crosswalk.website.root $(HTML)
	@echo 'The site is at $(HTML)/index.html'

# Whichever is first runs the examples; the other waits, and finds their outcomes.
english:
	$(SPHINX) $(HTML)/en -d _build/doctrees/en -w _build/warnings-en.txt

# Quiet: what is printed at the same time should be read.
chinese:
	$(SPHINX) -q $(HTML)/zh -d _build/doctrees/zh -D language=zh_CN \
	  -w _build/warnings-zh.txt

test: html lint  ## everything that must pass: the site, the tests, the examples
	$(BIN)/python -m pytest -n auto --dist loadscope

lint: $(READY)  ## ruff's rules and format
	$(BIN)/ruff check
	$(BIN)/ruff format --check

serve: html  ## build, serve the site on loopback, build again on every change
	$(BIN)/python -m crosswalk.website.serve $(HTML) $(PORT) -- $(MAKE) html

translate: $(READY)  ## bring the Chinese catalogue up to date with the pages
	$(GETTEXT)
	$(BIN)/python -m crosswalk.website.catalogue $(MESSAGES)/crosswalk.pot

mutate: $(READY)  ## change the comparisons on purpose, note in tools/mutation/ what checks catch
	$(GETTEXT)
	$(BIN)/python -m tools.mutation --template $(MESSAGES)/crosswalk.pot

versions: $(READY)  ## run all on each version of MindSpore, note in versions/ what holds
	$(BIN)/nox -s versions
	$(BIN)/python -m crosswalk versions report $(VERSIONS)

bench: $(READY)  ## measure how fast the site is built, against others
	$(BIN)/python -m tools.bench --keep $(ONLY)

audit:  ## ask whether a pinned package has a known weakness
	$(PYTHON) -m venv _build/audit
	_build/audit/bin/python -m pip install -q pip-audit==2.10.1
	grep -v '^-e' requirements.txt > _build/audit/requirements.txt
	_build/audit/bin/pip-audit --strict --no-deps --disable-pip -r _build/audit/requirements.txt

clean:  ## remove all that was built; .venv stays
	rm -rf _build
