.DEFAULT_GOAL := help
.PHONY: help run test lint translations train train-text targets

PYTHON_OF_VENV := .venv/bin/python
export PLAYWRIGHT_BROWSERS_PATH ?= $(CURDIR)/.venv/browsers
# What mypy holds to its strict rules: the composer, and every room's reads and writes.
STRICT = generator $(wildcard emotionmusic/*/*services.py emotionmusic/*/queries.py)
WITH_CURATED = EMOTIONMUSIC_CURATED="$${EMOTIONMUSIC_CURATED:-$(CURDIR)/var/curated}"

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## set up what is missing, then run the whole site (PORT=9000 make run for another port)
	@scripts/setup.sh run
	@exec $(PYTHON_OF_VENV) manage.py serve

test: ## set up what is missing, Chromium too, then run the tests (ARGS="-k name" to choose)
	@scripts/setup.sh test
	@$(PYTHON_OF_VENV) -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder $(ARGS) </dev/null

lint: ## style, types and the direction of imports
	@scripts/setup.sh test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy $(STRICT)
	.venv/bin/lint-imports

translations: ## find the words of pages and messages, and compile what locale/ says of them
	@scripts/setup.sh test
	@$(PYTHON_OF_VENV) -m scripts.catalogues

train: ## train the composer's model again from nothing (ARGS are passed on)
	@scripts/setup.sh run
	@$(WITH_CURATED) $(PYTHON_OF_VENV) -m generator train --serve $(ARGS)

train-text: ## train the reader of texts again from nothing (ARGS are passed on)
	@scripts/setup.sh run
	@$(PYTHON_OF_VENV) -m generator train-text $(ARGS)

targets: ## learn what the moods ask for from the pieces that curators labelled (ARGS are passed on)
	@scripts/setup.sh run
	@$(WITH_CURATED) $(PYTHON_OF_VENV) -m generator targets $(ARGS)
