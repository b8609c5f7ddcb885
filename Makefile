# Everything goes through one optimised build: changed flags would rebuild it all.

NAME ?= wine-baseline
PREFIX ?= /usr/local
SWIFT ?= swift
ARGUMENTS ?=
ABLATE := .build/release/ablate
FILTER ?=
mirror := $(abspath ../shared/data)
ifneq ($(wildcard $(mirror)),)
export ABLATE_MIRROR ?= $(mirror)
endif

.PHONY: help setup build install experiment plan report test bench lint format clean

help: ## Says what can be made (the default)
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## ?/  \1|/' | column -t -s '|'
	@echo
	@echo '  NAME=reuters-width chooses the experiment, ARGUMENTS="--seeds 2" is passed on to ablate.'

setup: ## Installs what is missing, or says in one line what it cannot
	@Sources/setup.sh

build: setup ## Builds .build/release/ablate
	@$(SWIFT) build -c release --disable-testable-imports --product ablate --quiet

install: build ## Puts the one executable into $(PREFIX)/bin
	@install -d "$(DESTDIR)$(PREFIX)/bin"
	@install -m 755 $(ABLATE) "$(DESTDIR)$(PREFIX)/bin/ablate"
	@echo "installed $(DESTDIR)$(PREFIX)/bin/ablate"
