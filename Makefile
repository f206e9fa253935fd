# make book     installs what is missing, builds, runs every chapter of BOOK, writes OUTPUT
# make test     the same set-up, then every test but the slow ones, which are make test-slow's
# make test-book  holds what the chapters put out against what was accepted
# make pdf      a PDF of every chapter into HANDOUTS; make handouts: single files, EPUB and notebooks as well
# make install  PREFIX=/usr/local
#
# All of them share one release build in .build. The first one takes minutes (swift-syntax is most of it).

BOOK ?= chapters
OUTPUT ?= output
HANDOUTS ?= handouts
PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift

BUILD := .build/release
LECTERN := $(BUILD)/lectern
BUILT := .build/lectern.built
# Tests do without testable imports, so that they link the very modules that the tool is made of.
BUILD_FLAGS := -c release
SLOW := ReinforcementLearningSlowTests|StalenessTests
RUN_TESTS := $(SWIFT) test $(BUILD_FLAGS) --disable-testable-imports --skip-build
SOURCES := Package.swift $(shell find Sources 2>/dev/null)

# What cells are compiled against.
MODULES := CellOutputs CellRuntime Tensors Figures NeuralNetworks ReinforcementLearning
SYSTEM := $(shell uname -s)
LIBRARY := $(if $(filter Darwin,$(SYSTEM)),libNotebookLibrary.dylib,libNotebookLibrary.so)

.PHONY: book build setup tests test test-slow test-book check check-pages pdf handouts check-handouts check-serve \
  install uninstall bench format lint clean distclean

book: build
	@$(LECTERN) build $(BOOK) --output $(OUTPUT)

# Chapters on paper, printed by Chromium, which is installed where it is missing.
pdf: build
	@Scripts/setup.sh printing
	@$(LECTERN) build $(BOOK) --format pdf --output $(HANDOUTS)

# All that can be handed out: single files, PDF, EPUB, notebooks.
handouts: build
	@Scripts/setup.sh printing
	@$(LECTERN) build $(BOOK) --format standalone,pdf,epub,notebook --output $(HANDOUTS)

build: setup
	@$(MAKE) --no-print-directory $(BUILT)

# Installs missing system libraries; looks for a few files and is done where they are all there.
setup:
	@Scripts/setup.sh

# Swift's own look at an unchanged package takes half a second; time stamps take none.
$(BUILT): $(SOURCES)
	@test -d .build/checkouts || \
	  echo "First build: Swift's own parser is compiled too, which takes a few minutes (about five on two cores)."
	$(SWIFT) build $(BUILD_FLAGS)
	@touch $@

test: tests
	$(RUN_TESTS) --skip '$(SLOW)'

# Whole training runs, which take minutes.
test-slow: tests
	$(RUN_TESTS) --filter '$(SLOW)'

tests: setup
	@test -d .build/checkouts || \
	  echo "First build: Swift's own parser is compiled too, which takes a few minutes (about five on two cores)."
	$(SWIFT) build $(BUILD_FLAGS) --build-tests
	@touch $(BUILT)

# All that can be said without running a chapter: the code's format, and the book's cells.
check: lint build
	@$(LECTERN) check $(BOOK)

# Every page of OUTPUT in two browsers: markup, accessibility, links, overlaps and more; and first, that the check
# itself can fail. Installs the browsers where they are missing.
check-pages: build
	@Scripts/check-pages.sh --self-test
	@# Its hostile chapter is told of; that the pages are written is what counts here.
	@$(LECTERN) build Tests/Fixtures/theme --output .build/theme-pages 2> /dev/null || true
	@Scripts/check-pages.sh --interaction .build/theme-pages
	@Scripts/check-pages.sh .build/theme-pages
	@Scripts/check-pages.sh $(OUTPUT)

# Every handout of the book, and of a book of hard cases: EPUBCheck, the notebook format's schema, PDF's tags and
# bookmarks, sizes, and that no file asks anybody for anything.
check-handouts: build
	@Scripts/check-handouts.sh $(LECTERN) Tests/Fixtures/handouts .build/handouts/fixture
	@Scripts/check-handouts.sh $(LECTERN) $(BOOK) .build/handouts/book

# The book's outputs held against those that were accepted; `lectern test --accept` takes new ones.
test-book: build
	@$(LECTERN) test $(BOOK)

# Live preview in a browser, and a hundred edits that must leave no trace in memory.
check-serve: build
	@Scripts/check-serve.sh

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/lib/lectern/modules" \
	  "$(DESTDIR)$(PREFIX)/share/lectern"
	install -m 755 $(BUILD)/lectern "$(DESTDIR)$(PREFIX)/bin/lectern"
	install -m 755 $(BUILD)/lectern-kernel "$(DESTDIR)$(PREFIX)/lib/lectern/lectern-kernel"
	install -m 755 $(BUILD)/$(LIBRARY) "$(DESTDIR)$(PREFIX)/lib/lectern/$(LIBRARY)"
	for module in $(MODULES); do \
	  file=$(BUILD)/Modules/$$module.swiftmodule; \
	  if [ -e $$file ]; then cp -R $$file "$(DESTDIR)$(PREFIX)/lib/lectern/modules/"; fi; \
	done
	for module in COpenBLAS CVectorMath/include; do \
	  install -d "$(DESTDIR)$(PREFIX)/lib/lectern/modules/$$module"; \
	  cp Sources/$$module/*.h Sources/$$module/*.modulemap "$(DESTDIR)$(PREFIX)/lib/lectern/modules/$$module/"; \
	done
	rm -rf "$(DESTDIR)$(PREFIX)/share/lectern/templates"
	cp -R templates "$(DESTDIR)$(PREFIX)/share/lectern/templates"

uninstall:
	rm -rf "$(DESTDIR)$(PREFIX)/bin/lectern" "$(DESTDIR)$(PREFIX)/lib/lectern" "$(DESTDIR)$(PREFIX)/share/lectern"

bench: build
	python3 Benchmarks/builds.py

format:
	$(SWIFT) format --in-place --parallel --recursive Package.swift Sources Tests

lint:
	$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests

# What a build of the book made; the tool itself stays.
clean:
	@if [ -x $(LECTERN) ]; then \
	  for folder in $(OUTPUT) $(HANDOUTS); do $(LECTERN) clean $(BOOK) --output $$folder; done; fi

# Everything, so that the next build is a first one.
distclean: clean
	rm -rf .build
