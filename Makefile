.DEFAULT_GOAL := help
PORT ?= 8000
export PORT
PYTHON := .venv/bin/python

.PHONY: help setup run test lint types contracts bench evaluate retrain derive load export extract update content-check content-costs

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: ## set up what is missing and start everything on http://127.0.0.1:$(PORT)
	@python3 .make/setup.py run
	@$(PYTHON) -m api.start

setup:
	@python3 .make/setup.py test

test: setup ## every check: lint, types, import contracts, unit, real Rasa, real browser, both databases
	@$(PYTHON) -m tests.run

lint: setup ## style
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .

types: setup ## types, strictly
	@.venv/bin/mypy

contracts: setup ## import directions
	@.venv/bin/lint-imports

bench: setup ## the benchmarks: a table, and bench-report.json
	@$(PYTHON) -m tests.bench.run

evaluate: setup ## understanding and safety on a file: CASES=file.jsonl [OUT=report.json]
	@CASES="$(CASES)" OUT="$(OUT)" $(PYTHON) -m tests.evaluation.run

retrain: setup ## learn the sentences editors added, if the bot gets no worse by it: [DRY=1] [CASES=file.jsonl]
	@$(PYTHON) -m api.cli migrate && DRY="$(DRY)" CASES="$(CASES)" $(PYTHON) -m tests.evaluation.retrain

derive: setup ## write the derived part of the bot's domain and rules
	@$(PYTHON) -m api.cli derive

load: setup ## load content/ and locales/ into the database
	@$(PYTHON) -m api.cli migrate && $(PYTHON) -m api.cli load

export: setup ## write messages, translations, services and red flags from the database into TO= (at first var/export; TO=. over these files)
	@$(PYTHON) -m api.cli migrate && $(PYTHON) -m api.cli export $(or $(TO),var/export)

update: setup ## bring the PO files up to today's English
	@$(PYTHON) -m api.cli update

extract: setup ## write the English as gettext templates (locales/*.pot), for a translation tool
	@$(PYTHON) -m api.cli extract

content-check: setup ## check every word in every language; WARNINGS=1 lists what a person should look at
	@$(PYTHON) -m api.cli check $(if $(WARNINGS),--warnings)

content-costs: setup ## SMS segments and pence of every message in every language; PENCE=4.0
	@$(PYTHON) -m api.cli costs $(if $(PENCE),--pence $(PENCE))
