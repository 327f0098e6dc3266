# I_Improve. `make run` opens the site, `make test` checks everything; both set up what they need (bootstrap.py).
PORT ?= 8000
VAR ?= var
PYTHON ?= python3
BIN = .venv/bin
export PORT VAR
export LOCAL = 1
export PYTHONDONTWRITEBYTECODE =  # set, it lets each process compile everything anew
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header

.PHONY: help run test crawl mutants faults bench bench-mail lint format messages pictures lock manage local clean setup setup-dev

help:
	@echo "make run               open the site on http://localhost:$(PORT)/ (PORT=8001 and VAR=folder change port and data folder)"
	@echo "make test              lint, import contracts, all tests, in a real browser too"
	@echo "make faults            kill everything while mails and notes are on their way, and count (an hour; ARGS='--small R1 notes' for a part)"
	@echo "make bench             how fast pages, notes and figures are with a million notes (a quarter of an hour; needs 4 GB of disk for that time)"
	@echo "make bench-mail        how many questions leave in a second (ten minutes)"
	@echo "make crawl             every actor opens every address by every door: nobody sees what they may not (takes minutes)"
	@echo "make mutants           take each filter, guard and lock away in turn: some test must fail (half an hour; ARGS=learning/views for a part)"
	@echo "make manage ARGS=...   a management command, for example: make manage ARGS=doctor"
	@echo "make local RUN=...     any command beside the local database, for example: make local RUN=psql"
	@echo "make lint              only the checks of the source;  make format  puts the source into shape"
	@echo "make lock              lock the dependencies of requirements*.in and package.json anew"
	@echo "make messages          collect new texts for the translators (needs GNU gettext)"
	@echo "make clean             remove what was built and the data folder $(VAR)"

run: setup
	@exec $(BIN)/python -m iimprove.runner

test: setup-dev lint
	@exec $(BIN)/pytest -n 2 --dist loadgroup --no-loadscope-reorder $(ARGS)

faults: setup-dev
	@exec $(BIN)/python -m tests.faults $(ARGS)

bench: setup-dev
	@exec $(BIN)/python -m tests.bench $(ARGS)

bench-mail: setup-dev
	@exec $(BIN)/python -m tests.faults.bench_mail $(ARGS)

crawl: setup-dev
	@exec $(BIN)/pytest -n 2 --dist worksteal tests/crawl/whole.py $(ARGS)

mutants: setup-dev
	@exec $(BIN)/python -m tests.mutants $(ARGS)

manage: setup
	@exec $(BIN)/python -m iimprove.embedded $(BIN)/python manage.py $(ARGS)

local: setup
	@exec $(BIN)/python -m iimprove.embedded $(RUN)

lint: setup-dev
	@$(BIN)/ruff check --quiet --output-format concise .
	@$(BIN)/ruff format --check --quiet --output-format concise .
	@find templates -name '*.html' | xargs $(BIN)/djade --check
	@contracts=$$($(BIN)/lint-imports --no-cache) || { echo "$$contracts"; exit 1; }

format: setup-dev
	@$(BIN)/ruff check --quiet --fix --exit-zero .
	@$(BIN)/ruff format --quiet .
	@find templates -name '*.html' | xargs $(BIN)/djade || true

messages: setup-dev
	@$(BIN)/python manage.py makemessages --all --no-location --no-wrap --no-obsolete --ignore=.venv --ignore=node_modules --ignore="var*"

pictures: setup-dev
	@$(BIN)/python -m tests.browser.pictures http://localhost:$(PORT)

lock: setup-dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-dev.in -o requirements-dev.txt
	npm install --package-lock-only --ignore-scripts

clean: setup
	@$(BIN)/python -m iimprove.embedded --remove
	rm -rf "$(VAR)" static/build node_modules .venv

setup:
	@command -v $(PYTHON) >/dev/null || { echo "I_Improve needs Python 3.11 or newer; no $(PYTHON) was found on PATH." >&2; exit 1; }
	@$(PYTHON) bootstrap.py

setup-dev:
	@command -v $(PYTHON) >/dev/null || { echo "I_Improve needs Python 3.11 or newer; no $(PYTHON) was found on PATH." >&2; exit 1; }
	@$(PYTHON) bootstrap.py --dev
