# One command for everything; the work itself is in package.json and scripts/.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PACKAGES := node_modules/.package-lock.json
BUILD := dist/.built
NPM := npm --loglevel=error

# Folders count too: they change when a file is added or removed.
SOURCES := $(shell find src ! -name '*.spec.ts') package.json tsconfig.json tsconfig.build.json nest-cli.json

.PHONY: help
help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: $(BUILD) ## start Almanac: install what is missing, build, run Redis, API and worker until Ctrl-C
	@node scripts/start.mjs

.PHONY: setup
setup: $(BUILD) redis ## install packages and Redis, and build

.PHONY: install
install: $(PACKAGES) ## install the packages of package-lock.json

.PHONY: test
test: setup ## run all tests
	@TEST_SKIP_BUILD=1 $(NPM) test --silent

.PHONY: lint
lint: install ## look for mistakes
	@$(NPM) run --silent lint

.PHONY: check
check: install ## types, lint, format, import cycles
	@$(NPM) run --silent check
	@node_modules/.bin/tsc -p scripts

.PHONY: all
all: install lint test ## install, lint and test

.PHONY: bench
bench: setup ## measure
	@$(NPM) run --silent bench

.PHONY: build
build: $(BUILD) ## build what has changed

.PHONY: clean
clean: ## remove build and test output; packages and ./data stay
	rm -rf dist coverage

.PHONY: redis
redis: $(PACKAGES)
	@node scripts/setup.mjs

$(PACKAGES): package-lock.json
	@node scripts/check-node.mjs
	@echo 'installing packages'
	@$(NPM) ci
	@touch $@

$(BUILD): $(SOURCES) $(PACKAGES)
	@echo 'building'
	@node scripts/prune-build.mjs
	@$(NPM) run --silent build
	@touch $@
