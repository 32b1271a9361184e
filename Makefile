# One command for everything; the work itself is in package.json and scripts/.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PACKAGES := node_modules/.package-lock.json
BUILD := dist/.built
NPM := npm --loglevel=error

# Folders count too: they change when a file is added or removed.
SOURCES := $(shell find src ! -name '*.spec.ts') package.json tsconfig.json tsconfig.build.json nest-cli.json scripts/bundle-cli.mjs

.PHONY: help
help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

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
	@$(MAKE) --no-print-directory -j2 check-lint check-rest

.PHONY: check-lint check-rest
check-lint:
	@$(NPM) run --silent lint
check-rest:
	@$(NPM) run --silent check:rest
	@node_modules/.bin/tsc -p scripts

.PHONY: all
all: install lint test ## install, lint and test

.PHONY: bench
bench: setup ## measure
	@$(NPM) run --silent bench

.PHONY: gallery
gallery: setup ## draw the pictures of docs/gallery
	@node scripts/gallery.mjs

.PHONY: chaos
chaos: setup ## kill workers, Redis and the API while 500 jobs run
	@CHAOS=full TEST_SKIP_BUILD=1 $(NPM) run --silent jest -- test/e2e/chaos.spec.ts

.PHONY: build
build: $(BUILD) ## build what has changed

.PHONY: clean
clean: ## remove build and test output; packages and ./data stay
	rm -rf dist coverage

.PHONY: image
image: ## build the images of Almanac (needs Docker)
	@node scripts/deploy/images.mjs

# What runs in containers: docker compose, or the older docker-compose.
COMPOSE = $(shell docker compose version >/dev/null 2>&1 && echo docker compose || echo docker-compose)

.PHONY: up
up: ## start everything in containers: Redis, API, worker, backups
	$(COMPOSE) up -d

.PHONY: down
down: ## stop the containers; the data stay
	$(COMPOSE) down

.PHONY: ps
ps: ## list the containers
	$(COMPOSE) ps

.PHONY: logs
logs: ## follow the logs of the containers
	$(COMPOSE) logs -f --tail 100

.PHONY: test-deploy
test-deploy: ## run the images and do everything to them that may happen (needs Docker, some minutes)
	@node scripts/deploy/follow-readme.mjs
	@node scripts/deploy/test-deploy.mjs

# Name of the release and flavour of the values: test or prod.
ENV ?= test
RELEASE ?= almanac
HELM ?= helm

.PHONY: manifests
manifests: ## print plain Kubernetes manifests: make -s manifests ENV=prod | kubectl apply -f -
	@$(HELM) template $(RELEASE) charts/almanac -f charts/almanac/values-$(ENV).yaml $(HELM_OPTIONS)

.PHONY: deploy-test
deploy-test: ## install or upgrade on Kubernetes, test flavour
	$(HELM) upgrade --install $(RELEASE) charts/almanac -f charts/almanac/values-test.yaml --wait $(HELM_OPTIONS)

.PHONY: deploy-prod
deploy-prod: ## install or upgrade on Kubernetes, prod flavour
	$(HELM) upgrade --install $(RELEASE) charts/almanac -f charts/almanac/values-prod.yaml --wait $(HELM_OPTIONS)

.PHONY: backup
backup: $(BUILD) ## take a backup of the Redis that REDIS_URL names, and prove that it restores
	@node dist/bin/almanac.js backup --verify

.PHONY: restore
restore: $(BUILD) ## bring a backup back: make restore BACKUP=name, into an empty Redis
	@node dist/bin/almanac.js restore $(BACKUP)

.PHONY: release
release: ## tag a release: make release VERSION=1.2.3
	@node scripts/deploy/check-version.mjs '$(VERSION)'
	git tag -a 'v$(VERSION)' -m 'Almanac $(VERSION)'
	@echo 'now push it: git push origin v$(VERSION)'

.PHONY: validate-ci
validate-ci: install ## look for mistakes in workflows, shell scripts, chart and compose file
	@scripts/deploy/validate.sh

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
