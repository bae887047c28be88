# `make run` opens the screen; `make run ARGS='add --wait URL'` runs a command.
# `make test` runs every test, the one that drives a real terminal included.

ARGS ?=
RELEASE := .build-release
WINCH := $(RELEASE)/release/winch

SWIFT_RELEASE := swift build --configuration release --scratch-path $(RELEASE) \
  --static-swift-stdlib -Xlinker -s -Xlinker --no-export-dynamic

PREFIX ?= /usr/local
DESTDIR ?=

.PHONY: run build man stage install uninstall deb dist check-install test bench conformance docs \
  pictures tour format lint packages

run: build
	@$(WINCH) $(ARGS)

# The Swift runtime is linked in, so that the one binary runs on a machine without Swift.
build: packages
	@$(SWIFT_RELEASE) --product winch

# The pages say what the program says of itself, and have the tables of the README.
man: build
	@$(SWIFT_RELEASE) --product Manual
	@rm -rf $(RELEASE)/man
	@$(WINCH) --experimental-dump-help | $(RELEASE)/release/Manual "$$($(WINCH) --version)" \
	  "$$(Sources/Installation/date)" README.md $(RELEASE)/man

# What is installed, in one folder: with the script that puts it in its places.
stage: man
	@Sources/Installation/stage $(RELEASE)

install: stage
	@DESTDIR="$(DESTDIR)" $(RELEASE)/package/install "$(PREFIX)"

uninstall: stage
	@DESTDIR="$(DESTDIR)" $(RELEASE)/package/install --uninstall "$(PREFIX)"

deb: stage
	@Sources/Installation/deb $(RELEASE)

dist: stage
	@Sources/Installation/dist $(RELEASE)

# Tries both in a new Debian below a folder; needs root, debootstrap, systemd-container and Debian's packages.
check-install: deb dist
	@Tests/Installation/run $(RELEASE)
	@Tests/Installation/logout $(RELEASE)

# `make test ARGS=--again` asks a test that failed once more.
test: packages
	@swift build --build-tests
	@Tests/run $(ARGS)

# What Docs/Benchmarks.md tells of; `make bench ARGS='screen --seconds 20'` measures one, for longer.
bench: build
	@$(SWIFT_RELEASE) --product Benchmarks
	@if [ -n "$(ARGS)" ]; then $(RELEASE)/release/Benchmarks $(ARGS); else \
	  $(RELEASE)/release/Benchmarks listing && $(RELEASE)/release/Benchmarks screen && \
	  $(RELEASE)/release/Benchmarks transfers --gibibytes 0.5 --rounds 3 && \
	  $(RELEASE)/release/Benchmarks transfers --memory --queue --gibibytes 0.25 --rounds 1; fi

# Compares the engine's answers with the contract; needs Python 3 and PyPI.
conformance: build
	@Tests/Conformance/run

# Writes the pages anew that are made from the program.
docs: packages
	@swift build --build-tests
	@WINCH_WRITE_DOCS=1 swift test --skip-build --filter PageTests

# Writes the pictures of the screen anew: what changes in them is then to be looked at.
pictures: packages
	@swift build --build-tests
	@WINCH_WRITE_PICTURES=1 swift test --skip-build --filter StyledPictureTests

# Drives the program in tmux and writes Docs/Tour.md and the README's picture anew.
tour: packages
	@swift build --product winch
	@swift build --product Tour
	@.build/debug/Tour

format:
	@swift format --in-place --parallel --recursive Package.swift Sources Tests

lint:
	@swift format lint --strict --parallel --recursive Package.swift Sources Tests

packages:
	@.ci/packages
