# Dateline. `make` alone lists what there is.
.DEFAULT_GOAL := help
.PHONY: help setup report lab test test-all check bench weights pictures lock clean

PYTHON ?= python3
REPORT ?= report.yml
# What a user types reaches a command through the environment: neither make nor the shell reads `$(…)` in it. This stands
# above all that starts a shell, because make reads on its way there what is not yet overridden.
override CORPUS := $(value CORPUS)
override OUTLET_IS := $(value OUTLET_IS)
override PAGE := $(value PAGE)
override AGAINST := $(value AGAINST)
override REPORT := $(value REPORT)
override DATA := $(value DATA)
export CORPUS OUTLET_IS PAGE AGAINST REPORT DATA
BIN := .venv/bin
# JupyterLab asks the network for news and newer versions, and the user whether it may, unless told not to.
OFFLINE := --LabApp.news_url=None --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate \
    --LabApp.app_settings_dir=notebooks/lab
# In a container the user may be root, whom Jupyter turns away unless told not to.
ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)
# Their tests build and open whole reports: they take as long as all others.
BROWSED := tests/report tests/browser
UV := $(shell command -v uv)

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/.ready ## build .venv from requirements.lock (the targets below do it by themselves)

report: .venv/.ready ## run the notebooks and write build/report/index.html; CORPUS=folder reads another corpus (OUTLET_IS=name: the outlet of articles that tell none), PAGE=name runs one page; AGAINST=folder adds a page of what is new since the run in that build folder
	$(BIN)/python -m helpers.report $${CORPUS:+--corpus="$$CORPUS" --outlet-is="$$OUTLET_IS"} $${PAGE:+--page="$$PAGE"} \
	    $${AGAINST:+--against="$$AGAINST"} -- "$$REPORT"

lab: .venv/.ready ## open JupyterLab on this machine only; LAB="..." adds options
	$(BIN)/jupyter lab --ip=127.0.0.1 --LabApp.default_url=/lab/tree/notebooks/00_corpus.ipynb $(OFFLINE) $(ROOT) $(LAB)

test: .venv/.ready ## run the tests, in two processes at once; TEST="..." adds pytest options, and then it is one
ifdef TEST
	$(BIN)/python -m pytest -m "not slow" $(TEST)
else
	@mkdir -p build
	@$(BIN)/python -m pytest -m "not slow" $(BROWSED) > build/test-pages.log 2>&1 & pages=$$!; trap 'kill $$pages' INT TERM; \
	$(BIN)/python -m pytest -m "not slow" $(BROWSED:%=--ignore=%); rooms=$$?; \
	wait $$pages; pages=$$?; cat build/test-pages.log; exit $$((rooms + pages))
endif

test-all: test ## run what needs minutes or a fresh environment too, and print what the tests cover
	@$(BIN)/python -m pytest -m "not slow and not report" --cov helpers --cov-report json:build/coverage.json \
	    > build/test-cover.log 2>&1 & cover=$$!; trap 'kill $$cover' INT TERM; \
	$(BIN)/python -m pytest -m slow; slow=$$?; \
	wait $$cover; cover=$$?; cat build/test-cover.log; exit $$((slow + cover))
	$(BIN)/python tests/covered.py build/coverage.json

check: .venv/.ready ## lint code and notebooks
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

bench: .venv/.ready ## measure reading, what breaks it, copies, actors, voices, outlets, the report against nbconvert and Sphinx, and its search page
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/hostile.py 10000
	$(BIN)/python benchmarks/actors.py
	$(BIN)/python benchmarks/voice.py
	$(BIN)/python benchmarks/coding.py
	$(BIN)/python benchmarks/voices.py
	$(BIN)/python benchmarks/outlets.py
	$(BIN)/python benchmarks/report.py
	$(BIN)/python benchmarks/search.py
	$(if $(DATA),$(BIN)/python benchmarks/names.py "$$DATA")
	$(if $(DATA),$(BIN)/python benchmarks/sentiment.py "$$DATA" --quick)
	$(if $(DATA),$(BIN)/python benchmarks/topics.py "$$DATA/BBC_News.tsv.gz")

weights: .venv/.ready ## train the sentiment models anew from the public data in DATA=folder
	$(BIN)/python benchmarks/train_tone.py $(if $(DATA),"$$DATA",$(error name the folder of the data: make weights DATA=folder))

pictures: .venv/.ready ## photograph the built report for the README (needs chromium)
	$(BIN)/python docs/pictures.py

lock: ## write requirements.lock and environment.yml anew from pyproject.toml
	@test -n "$(UV)" || $(PYTHON) -m venv build/uv
	@test -n "$(UV)" || build/uv/bin/pip install --quiet uv
	$(or $(UV),build/uv/bin/uv) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
	    --extra dev --python-version 3.11 --upgrade pyproject.toml --output-file requirements.lock
	@mkdir -p build && { sed '/- pip:/q' environment.yml; echo '      - -e .'; \
	    sed -n 's/^\([a-z].*[^ ]\) *\\$$/      - "\1"/p' requirements.lock; } > build/environment.yml
	@mv build/environment.yml environment.yml

clean: ## delete build/ (the .venv stays)
	rm -rf build

.venv/.ready: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Dateline needs Python 3.11 or newer; name one with: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
ifneq ($(UV),)
	$(UV) venv --quiet --clear --python $(PYTHON) .venv
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
else
	@$(PYTHON) -m venv --clear .venv || \
	    { echo "python3 -m venv failed; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
endif
	@touch $@
