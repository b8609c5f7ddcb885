# One optimised build for everything: changed flags would rebuild it all, so every target uses the same.

NAME ?= wine-baseline
# As it was written: make would take a $ in it for its own.
override NAME := $(value NAME)
export NAME
ARGUMENTS ?=
FILTER ?=
PREFIX ?= /usr/local
SWIFT ?= swift
# The processor that the kernels are built for: native, or a named one such as x86-64-v3 (AVX2).
MARCH ?= native
export ABLATE_MARCH := $(MARCH)
ABLATE := .build/release/ablate
PACKAGES := libyaml-dev libdnnl-dev libarchive-dev libpng-dev libjpeg62-turbo-dev nettle-dev pkg-config make curl ca-certificates git
LEAST_SWIFT := 6.2

# A folder of data sets beside the project spares the downloads.
ifneq ($(wildcard ../shared/data),)
export ABLATE_MIRROR ?= $(abspath ../shared/data)
endif

.DEFAULT_GOAL := build
.PHONY: help setup build install experiment plan report reproduce test bench lint format clean

help: ## Lists these targets
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20
	@echo '  NAME=reuters-width chooses the experiment; ARGUMENTS="--seeds 2" is passed on to ablate; FILTER=Name chooses tests.'
	@echo '  MARCH=x86-64-v3 builds for processors with AVX2; without it for the one at hand.'

setup: ## Installs the libraries that are missing, and checks the Swift toolchain
	@command -v $(SWIFT) >/dev/null || { echo 'make: Swift $(LEAST_SWIFT) or newer is needed: https://www.swift.org/install' >&2; exit 1; }
	@found=$$($(SWIFT) --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+\.[0-9]+).*/\1/p' | head -n 1); \
	if [ "$$(printf '%s\n%s\n' $(LEAST_SWIFT) "$$found" | sort -V | head -n 1)" != $(LEAST_SWIFT) ]; then \
		echo "make: found Swift $$found, $(LEAST_SWIFT) or newer is needed: https://www.swift.org/install" >&2; exit 1; fi
	@command -v dpkg-query >/dev/null || exit 0; \
	missing=$$(for package in $(PACKAGES); do \
		dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || echo $$package; done); \
	[ -n "$$missing" ] || exit 0; \
	if [ "$$(id -u)" = 0 ]; then as_root=; elif command -v sudo >/dev/null; then as_root=sudo; \
	else echo "make: please install" $$missing >&2; exit 1; fi; \
	echo "installing" $$missing; \
	log=$$(mktemp); \
	{ $$as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$as_root apt-get install -y -qq --no-install-recommends $$missing; } \
		>"$$log" 2>&1 || { cat "$$log" >&2; rm -f "$$log"; echo "make: apt-get could not install" $$missing >&2; exit 1; }; \
	rm -f "$$log"

build: setup ## Builds .build/release/ablate
	@$(SWIFT) build -c release --product ablate $(if $(wildcard $(ABLATE)),--quiet) >&2

install: build ## Puts the executable into PREFIX/bin (/usr/local/bin)
	@install -d "$(DESTDIR)$(PREFIX)/bin" && install -m 755 $(ABLATE) "$(DESTDIR)$(PREFIX)/bin/ablate"
	@echo "installed $(DESTDIR)$(PREFIX)/bin/ablate"

experiment: build ## Trains what is missing of NAME (wine-baseline) and writes its report
	@$(ABLATE) run "$$NAME" $(ARGUMENTS)

plan: build ## Shows the runs of NAME, training nothing
	@$(ABLATE) plan "$$NAME" $(ARGUMENTS)

report: build ## Writes the report of NAME from finished runs
	@$(ABLATE) report "$$NAME" $(ARGUMENTS)

reproduce: build ## Runs every experiment, then writes results/README.md: what the notes print beside ours
	@status=0; for experiment in experiments/*.yaml; do \
		$(ABLATE) run "$$experiment" $(ARGUMENTS) || { code=$$?; [ $$code != 130 ] || exit 130; status=$$code; }; \
	done; \
	$(ABLATE) index || status=$$?; exit $$status

test: build ## Runs all tests on the same build
	@$(SWIFT) test -c release --disable-testable-imports $(if $(FILTER),--filter $(FILTER))

bench: $(if $(filter native,$(MARCH)),build,setup) ## Measures beside Keras, PyTorch and JAX; MARCH=x86-64-v3 plays AVX2
	@python3 Tests/Benchmarks/bench.py $(if $(filter-out native,$(MARCH)),--march $(MARCH)) $(ARGUMENTS)

lint: ## Checks layout, comments and the import rules
	@$(SWIFT) format lint --strict --recursive --parallel Sources Tests Package.swift
	@.ci/imports

format: ## Lays the sources out
	@$(SWIFT) format --in-place --recursive --parallel Sources Tests Package.swift

clean: ## Removes what was built; data and results stay
	@$(SWIFT) package clean
