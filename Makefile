# `make` prints the targets. Every one finds the JDK by itself.
export JAVA_HOME := $(shell scripts/find-jdk)
MVN := mvn -B -ntp
TEST := scripts/in-memory $(MVN)

.DEFAULT_GOAL := help
.PHONY: help check fast format e2e e2e-postgresql torture bench fuzz tour run clean

help: ## Show this list
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /\1|/' | awk -F'|' '{printf "  make %-15s %s\n", $$1, $$2}'

check: ## Build, check the format and pass every test, real clients included
	$(TEST) spotless:check verify

fast: ## Build and pass the tests that need no other program
	$(TEST) test

format: ## Rewrite the sources in the house's format
	$(MVN) -q spotless:apply

e2e: ## Pass the tests with the real clients, every cell of the matrix
	$(TEST) verify -DskipUnitTests -De2e=full

e2e-postgresql: ## Pass the tests with the real clients on PostgreSQL
	$(TEST) verify -DskipUnitTests -De2e.database=postgresql

torture: ## Kill the server 200 times while it is being published to
	$(MVN) verify -DskipUnitTests -Dit.test=KilledServerIT -Dtorture.rounds=200

bench: ## Measure against nginx, Verdaccio and pnpr; writes docs/BENCHMARKS.md
	bench/run

fuzz: ## Fuzz one target: make fuzz TARGET=version SECONDS=60
	scripts/fuzz $(TARGET) $(SECONDS)

tour: ## Walk through the web app and write the pictures of docs/TOUR.md again
	TOUR=docs/tour $(TEST) verify -DskipUnitTests -Dit.test=BrowserIT

run: ## Run the server
	./gatehouse serve

clean: ## Remove everything that was built
	rm -rf target
