# goroleak: build, test, install.  `make help` lists the targets.
#
# Yours to set, on the command line or in the environment; they come last and
# this file never changes them:
#   CC CFLAGS CPPFLAGS LDFLAGS LDLIBS AR PKG_CONFIG INSTALL
#   PREFIX BINDIR LIBDIR INCLUDEDIR MANDIR DESTDIR
#   V=1            show the commands
#   WERROR=1       warnings are errors (continuous integration sets it)
#   FUZZ_SECONDS   how long each target of fuzz-smoke runs (60)
#   TEST_TIMEOUT   seconds that one test program may take (600)

CFLAGS     ?= -O2 -g
PKG_CONFIG ?= pkg-config
INSTALL    ?= install
PREFIX     ?= /usr/local
BINDIR     ?= $(PREFIX)/bin
LIBDIR     ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
MANDIR     ?= $(PREFIX)/share/man

FUZZ_CC      ?= clang
FUZZ_SECONDS ?= 60
CLANG_FORMAT ?= $(shell command -v clang-format-14 || echo clang-format)

VERSION := $(shell sed -n 's/.*define GRL_VERSION "\(.*\)"/\1/p' \
             include/goroleak.h)
ABI     := 0# raised only when the ABI breaks, whatever VERSION does

# A flavour is one way to compile everything: release, asan, tsan or fuzz.  Its
# objects are under build/<flavour>; what release makes is in build itself.
FLAVOUR ?= release
OBJ     := build/$(FLAVOUR)
OUT     := $(if $(filter release,$(FLAVOUR)),build,$(OBJ))

# ------------------------------------------------------------------- flags

WARN := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes \
        -Wmissing-prototypes -Wswitch-enum -Wvla -Wformat=2 -Wcast-qual \
        $(if $(filter 1,$(WERROR)),-Werror)

# $(call accepted,FLAGS): FLAGS if the compiler takes them without a word.
HASH     := \#
PROBE    := printf '$(HASH)include <stdlib.h>\nint main(void) { return 0; }\n'
accepted  = $(shell $(PROBE) | $(CC) -Werror $(CPPFLAGS) $(1) $(CFLAGS) -x c \
              -S -o /dev/null - >/dev/null 2>&1 && echo '$(1)')
FORTIFY   = -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=$(1)

SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all \
            -fno-omit-frame-pointer
ifeq ($(FLAVOUR),release)
FLAVOUR_CFLAGS := $(or $(call accepted,$(call FORTIFY,3)),$(call \
                    accepted,$(call FORTIFY,2))) \
                  $(call accepted,-fstack-protector-strong) \
                  $(call accepted,-fstack-clash-protection) \
                  $(call accepted,-fno-semantic-interposition)
else ifeq ($(FLAVOUR),valgrind)
FLAVOUR_CFLAGS := -DUSE_JIT=0
else ifeq ($(FLAVOUR),asan)
FLAVOUR_CFLAGS := $(SANITIZE)
FLAVOUR_LDFLAGS := $(SANITIZE)
else ifeq ($(FLAVOUR),tsan)
FLAVOUR_CFLAGS := -fsanitize=thread -fno-omit-frame-pointer
FLAVOUR_LDFLAGS := -fsanitize=thread
else ifeq ($(FLAVOUR),fuzz)
FLAVOUR_CFLAGS := $(SANITIZE) -fsanitize=fuzzer-no-link
FLAVOUR_LDFLAGS := $(SANITIZE)
else
$(error FLAVOUR is release, asan, tsan, valgrind or fuzz)
endif

pc       = $(shell $(PKG_CONFIG) $(1) $(2) 2>/dev/null)
PACKAGES := libpcre2-8 libxxhash jansson libprotobuf-c sqlite3 zlib liblzma \
            libzstd
# These two are loaded at run time, so only their headers are needed.
DEP_CFLAGS := $(call pc,--cflags,$(PACKAGES) libcurl libarchive)
# Not every system has a .pc file for bzip2.
DEP_LIBS   := $(call pc,--libs,$(PACKAGES)) -lbz2 -lm -pthread -ldl
CMOCKA_CFLAGS := $(call pc,--cflags,cmocka)
CMOCKA_LIBS   := $(or $(call pc,--libs,cmocka),-lcmocka)

# uthash has no .pc file; on macOS it is where Homebrew keeps its headers.
ifeq ($(shell uname -s),Darwin)
DEP_CFLAGS += -I$(shell brew --prefix 2>/dev/null)/include
LIB_FILE   := libgoroleak.$(VERSION).dylib
LIB_SONAME := libgoroleak.$(ABI).dylib
LIB_LINK   := libgoroleak.dylib
SHARED      = -dynamiclib -install_name $(LIBDIR)/$(LIB_SONAME)
else
LIB_FILE   := libgoroleak.so.$(VERSION)
LIB_SONAME := libgoroleak.so.$(ABI)
LIB_LINK   := libgoroleak.so
LINK       := -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,--as-needed
# A sanitizer's run-time library is in the program, so no -z,defs with it.
DEFS       := -Wl,-z,defs
ifneq ($(FLAVOUR),release)
DEFS       :=
endif
SHARED     := -shared -Wl,-soname,$(LIB_SONAME) -Wl,-Bsymbolic-functions \
              -Wl,--version-script,src/lib/goroleak.map $(DEFS)
endif

OUR_CPPFLAGS := -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64 -Iinclude
OUR_CFLAGS    = -std=c11 $(WARN) -fvisibility=hidden $(FLAVOUR_CFLAGS)
FLAGS         = $(CPPFLAGS) $(OUR_CFLAGS) $(CFLAGS)
COMPILE       = $(CC) $(OUR_CPPFLAGS) $(INCLUDES) $(FLAGS)
LINK_PROGRAM  = $(CC) $(LINK) $(FLAVOUR_LDFLAGS) $(CFLAGS) $(LDFLAGS)

# What is shown of a command without V=1.
Q   := $(if $(filter 1,$(V)),,@)
say  = $(if $(Q),@echo '  $(1)  $@')

# ------------------------------------------------------------------- files

sources = $(sort $(wildcard $(1)))
objects = $(patsubst %.c,$(OBJ)/%.o,$(1))
programs = $(patsubst %.c,$(OBJ)/%,$(1))

LIB_SRC     := $(call sources,src/lib/*/*.c)
CLI_SRC     := $(call sources,src/cli/*.c)
UNIT_SRC    := $(call sources,tests/unit/*.c)
API_SRC     := $(call sources,tests/api/*.c)
ALLOC_SRC   := $(call sources,tests/alloc/*.c)
FUZZ_SRC    := $(filter-out %/replay_main.c,$(call sources,tests/fuzz/*.c))
SUPPORT_SRC := $(call sources,tests/support/*.c)
ALL_SRC     := $(LIB_SRC) $(CLI_SRC) $(UNIT_SRC) $(API_SRC) $(ALLOC_SRC) \
               $(FUZZ_SRC) $(SUPPORT_SRC) tests/fuzz/replay_main.c
LINT_SRC    := $(ALL_SRC) $(call sources,tests/bench/*.c docs/*.c)
C_FILES     := $(call sources,include/*.h src/*/*.[ch] src/*/*/*.[ch] \
                 tests/*/*.[ch] docs/*.c)
SCRIPTS     := .ci/run $(call sources,tests/*.sh tests/*/*.sh \
                 integrations/sh/*.sh integrations/cron/*.sh)
MAN_PAGES   := $(call sources,docs/man/*.1)

UNIT   := $(call programs,$(UNIT_SRC))
API    := $(call programs,$(API_SRC))
ALLOC  := $(call programs,$(ALLOC_SRC))
FUZZ   := $(call programs,$(FUZZ_SRC))
REPLAY := $(FUZZ_SRC:%.c=$(OBJ)/%-replay)

PROGRAM := $(OUT)/goroleak
STATIC  := $(OUT)/libgoroleak.a
LIBRARY := $(OUT)/$(LIB_FILE)
HELPERS := $(if $(SUPPORT_SRC),$(OBJ)/libsupport.a)

# Tests of the build itself: once is enough, so not in the other flavours.
HOUSE_TESTS := tests/cli/abi.sh tests/cli/install.sh tests/cli/layers.sh \
               tests/support/deps_test.sh tests/support/run_test.sh
CLI_TESTS   := $(filter-out $(HOUSE_TESTS),$(call sources,tests/cli/*.sh))

DEPS_SH  = CC='$(CC)' PKG_CONFIG='$(PKG_CONFIG)' sh tests/support/deps.sh
TEST_ENV = GOROLEAK='$(CURDIR)/$(PROGRAM)' GOROLEAK_LIB='$(CURDIR)/$(LIBRARY)' \
           CC='$(CC)' PKG_CONFIG='$(PKG_CONFIG)' MAKE='$(MAKE)'
SUBMAKE  = $(MAKE) --no-print-directory

.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all demo-cron check run-tests build-tests check-asan check-tsan check-valgrind check-alloc \
        check-abi check-layers abi-list fuzz fuzz-build fuzz-smoke bench bench-history evaluate lint \
        format format-check install uninstall demo dist distcheck clean help \
        FORCE

# ------------------------------------------------------------------- build

all: $(PROGRAM) $(STATIC) $(LIBRARY) ## program, static and shared library

# Nothing is compiled before everything needed is there; the script says what
# is missing and how to get it.  It installs nothing here.
build/.deps-build: tests/support/deps.sh
	@mkdir -p build
	@$(DEPS_SH) --print build
	@touch $@
build/.deps-check: tests/support/deps.sh
	@mkdir -p build
	@$(DEPS_SH) --print build check
	@touch $@

# Other flags than last time: compile again.
$(OBJ)/.flags: FORCE
	@mkdir -p $(OBJ)
	@echo '$(LINK_PROGRAM) $(FLAGS)' >$@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

$(OBJ)/src/lib/%: INCLUDES = -Isrc/lib $(DEP_CFLAGS) -fPIC
$(OBJ)/src/cli/%: INCLUDES = -Isrc/cli -fPIE
$(OBJ)/tests/%: INCLUDES = -Isrc/lib -Itests $(DEP_CFLAGS) $(CMOCKA_CFLAGS)
$(OBJ)/tests/api/%: INCLUDES = $(CMOCKA_CFLAGS)
$(OBJ)/%.o: %.c $(OBJ)/.flags | build/.deps-build
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

# Made from the .proto by protobuf-c's compiler, whose code has its own style.
$(OBJ)/proto/%.pb-c.c: src/lib/parse/%.proto | build/.deps-build
	@mkdir -p $(@D)
	$(call say,PROTOC)
	$(Q)protoc-c --proto_path=$(<D) --c_out=$(@D) $(<F)
$(OBJ)/proto/%.o: $(OBJ)/proto/%.c $(OBJ)/.flags
	$(call say,CC)
	$(Q)$(CC) $(OUR_CPPFLAGS) $(DEP_CFLAGS) $(FLAGS) -fPIC -w -c -o $@ $<
$(OBJ)/src/lib/parse/pprof.o: INCLUDES += -isystem $(OBJ)/proto
$(OBJ)/src/lib/parse/pprof.o: | $(OBJ)/proto/pprof.pb-c.c
LIB_OBJ = $(call objects,$(LIB_SRC)) $(OBJ)/proto/pprof.pb-c.o

$(PROGRAM): $(call objects,$(CLI_SRC)) $(STATIC)
	$(call say,LD)
	$(Q)$(LINK_PROGRAM) -o $@ $^ $(DEP_LIBS) $(LDLIBS)

$(STATIC): $(LIB_OBJ)
	$(call say,AR)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(LIBRARY): $(LIB_OBJ) src/lib/goroleak.map
	$(call say,LD)
	$(Q)$(LINK_PROGRAM) $(SHARED) -o $@ $(filter %.o,$^) $(DEP_LIBS) $(LDLIBS)
	@ln -sf $(LIB_FILE) $(OUT)/$(LIB_SONAME)
	@ln -sf $(LIB_SONAME) $(OUT)/$(LIB_LINK)

# ------------------------------------------------------------------- tests

$(UNIT:%=%.o) $(API:%=%.o) $(ALLOC:%=%.o): | build/.deps-check

$(HELPERS): $(call objects,$(SUPPORT_SRC))
	$(call say,AR)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(UNIT) $(ALLOC): %: %.o $(HELPERS) $(STATIC)
	$(call say,LD)
	$(Q)$(LINK_PROGRAM) -o $@ $^ $(DEP_LIBS) $(CMOCKA_LIBS) $(TEST_LIBS) $(LDLIBS)

$(ALLOC): TEST_LIBS = -ldl

# As a user's program would: the header and the shared library, nothing else.
$(API): %: %.o $(LIBRARY)
	$(call say,LD)
	$(Q)$(LINK_PROGRAM) -o $@ $< -L$(OUT) -lgoroleak \
	    -Wl,-rpath,'$(CURDIR)/$(OUT)' $(CMOCKA_LIBS) $(LDLIBS)

$(FUZZ): %: %.o $(STATIC)
	$(call say,LD)
	$(Q)$(LINK_PROGRAM) -fsanitize=fuzzer -o $@ $^ $(DEP_LIBS) $(LDLIBS)

$(REPLAY): %-replay: %.o $(OBJ)/tests/fuzz/replay_main.o $(STATIC)
	$(call say,LD)
	$(Q)$(LINK_PROGRAM) -o $@ $^ $(DEP_LIBS) $(LDLIBS)

check: ## install what is missing, build, and run every test
	@$(DEPS_SH) build check
	@$(DEPS_SH) consumers || true # without them some tests are skipped
	@$(SUBMAKE) run-tests TESTS='$$(UNIT) $$(API) $$(HOUSE_TESTS) $$(CLI_TESTS)'

build-tests: all $(UNIT) $(API) $(REPLAY)

TESTS = $(UNIT) $(API) $(CLI_TESTS)
run-tests: build-tests
	@$(TEST_ENV) sh tests/run.sh $(TESTS)

# Exit status 99, because 1 is one that goroleak itself uses.
check-asan: ## the tests under AddressSanitizer and UBSan
	@ASAN_OPTIONS=exitcode=99:strict_string_checks=1:$$ASAN_OPTIONS \
	 LSAN_OPTIONS=exitcode=99:$$LSAN_OPTIONS \
	 UBSAN_OPTIONS=exitcode=99:print_stacktrace=1:$$UBSAN_OPTIONS \
	 $(SUBMAKE) FLAVOUR=asan run-tests

check-tsan: ## threads under ThreadSanitizer
	@TSAN_OPTIONS=exitcode=99:$$TSAN_OPTIONS \
	 $(SUBMAKE) FLAVOUR=tsan CLI_TESTS=tests/cli/threads.sh UNIT= API= \
	 run-tests

VALGRIND := valgrind --quiet --error-exitcode=99 --leak-check=full \
            --show-leak-kinds=definite,indirect,possible \
            --errors-for-leak-kinds=definite,indirect,possible
check-valgrind: ## unit and API tests under Valgrind
	@$(SUBMAKE) FLAVOUR=valgrind valgrind-tests
valgrind-tests: $(UNIT) $(API)
	@$(TEST_ENV) WRAPPER='$(VALGRIND)' sh tests/run.sh $(UNIT) $(API)

check-alloc: all $(ALLOC) ## fail every allocation once
	@$(TEST_ENV) sh tests/run.sh $(ALLOC)

check-abi: $(LIBRARY) ## exported symbols against the committed list
	@$(TEST_ENV) sh tests/support/abi.sh check $(LIBRARY)

check-layers: ## each folder includes only its own stage or an earlier one
	@sh tests/support/layers.sh

abi-list: ## write src/lib/goroleak.symbols anew from the header
	sh tests/support/abi.sh list >src/lib/goroleak.symbols.new
	mv src/lib/goroleak.symbols.new src/lib/goroleak.symbols

fuzz: ## build the fuzzers into build/fuzz (needs clang)
	@$(DEPS_SH) --print fuzz
	@$(SUBMAKE) FLAVOUR=fuzz CC='$(FUZZ_CC)' fuzz-build
fuzz-build: $(FUZZ)

fuzz-smoke: fuzz ## run each fuzzer for FUZZ_SECONDS
	@FUZZ_SECONDS='$(FUZZ_SECONDS)' sh tests/support/fuzz_smoke.sh \
	    $(patsubst tests/%.c,build/fuzz/tests/%,$(FUZZ_SRC))

bench: all ## measure speed and memory
	@$(TEST_ENV) tests/bench/run.sh

build/bench/history: $(OBJ)/tests/bench/history.o $(OUT)/libgoroleak.a
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< $(OUT)/libgoroleak.a $(DEP_LIBS) \
	    $(LDLIBS)

bench-history: all build/bench/history ## measure a long history and a check on it
	@$(TEST_ENV) tests/bench/history.sh

# Seeds from 100000 up were not used while tuning; see docs/EVALUATION.md.
EVALUATE_SRC := $(sort $(wildcard tests/bench/evaluate/*.c))
EVALUATE_OBJ := $(EVALUATE_SRC:%.c=$(OBJ)/%.o)
build/evaluate: $(EVALUATE_OBJ) $(OUT)/libgoroleak.a
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(EVALUATE_OBJ) $(OUT)/libgoroleak.a \
	    $(DEP_LIBS) $(LDLIBS)

EVALUATE_FLAGS ?= --test
evaluate: build/evaluate ## score the verdicts on simulated series
	@build/evaluate $(EVALUATE_FLAGS)

# ---------------------------------------------------------------- sources

LINT_FLAGS = -std=c11 $(OUR_CPPFLAGS) -Isrc/lib -Isrc/cli -Itests \
             -I$(OBJ)/proto $(DEP_CFLAGS) $(CMOCKA_CFLAGS)
lint: build/.deps-build $(OBJ)/proto/pprof.pb-c.c ## static analysis of C, scripts and manual pages
	@$(DEPS_SH) --print lint
	@status=0; \
	CC='$(CC)' sh tests/support/lint.sh c '$(LINT_FLAGS)' $(LINT_SRC) || \
	    status=1; \
	sh tests/support/lint.sh sh $(SCRIPTS) || status=1; \
	sh tests/support/lint.sh man $(MAN_PAGES) || status=1; \
	exit $$status

format: ## lay out all C files
	$(CLANG_FORMAT) -i $(C_FILES)

# Releases of clang-format differ in what they make of one .clang-format.
format-check: ## are all C files laid out as `make format` would?
	@$(CLANG_FORMAT) --version | grep -q 'version 14\.' || { \
	    echo 'format-check: clang-format 14 is needed' >&2; exit 1; }
	@$(CLANG_FORMAT) --dry-run --Werror $(C_FILES)

# ---------------------------------------------------------------- install

install: all ## into $(DESTDIR)$(PREFIX)
	$(INSTALL) -d '$(DESTDIR)$(BINDIR)' '$(DESTDIR)$(LIBDIR)/pkgconfig' \
	    '$(DESTDIR)$(INCLUDEDIR)' '$(DESTDIR)$(MANDIR)/man1'
	$(INSTALL) -m 755 $(PROGRAM) '$(DESTDIR)$(BINDIR)'
	$(INSTALL) -m 755 $(LIBRARY) '$(DESTDIR)$(LIBDIR)'
	ln -sf $(LIB_FILE) '$(DESTDIR)$(LIBDIR)/$(LIB_SONAME)'
	ln -sf $(LIB_SONAME) '$(DESTDIR)$(LIBDIR)/$(LIB_LINK)'
	$(INSTALL) -m 644 $(STATIC) '$(DESTDIR)$(LIBDIR)'
	$(INSTALL) -m 644 include/goroleak.h include/goroleak_cmocka.h \
	    '$(DESTDIR)$(INCLUDEDIR)'
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' \
	    -e 's|@INCLUDEDIR@|$(INCLUDEDIR)|' -e 's|@VERSION@|$(VERSION)|' \
	    -e 's|@PACKAGES@|$(PACKAGES)|' src/lib/goroleak.pc.in \
	    >'$(DESTDIR)$(LIBDIR)/pkgconfig/goroleak.pc'
	for page in $(MAN_PAGES); do \
	    $(INSTALL) -m 644 $$page '$(DESTDIR)$(MANDIR)/man1' || exit; done

uninstall: ## what install put there
	rm -f '$(DESTDIR)$(BINDIR)/goroleak' \
	    '$(DESTDIR)$(LIBDIR)/$(LIB_FILE)' \
	    '$(DESTDIR)$(LIBDIR)/$(LIB_SONAME)' \
	    '$(DESTDIR)$(LIBDIR)/$(LIB_LINK)' \
	    '$(DESTDIR)$(LIBDIR)/libgoroleak.a' \
	    '$(DESTDIR)$(INCLUDEDIR)/goroleak.h' \
	    '$(DESTDIR)$(INCLUDEDIR)/goroleak_cmocka.h' \
	    '$(DESTDIR)$(LIBDIR)/pkgconfig/goroleak.pc' \
	    $(MAN_PAGES:docs/man/%='$(DESTDIR)$(MANDIR)/man1/%')

demo: ## install what is missing, build, and find the leak of a sample
	@$(DEPS_SH) build
	@$(SUBMAKE) all
	@build/goroleak trend fixtures/series/leaky; status=$$?; \
	if [ $$status -ne 1 ]; then \
	    echo "demo: exit status $$status where 1 was expected" >&2; exit 1; \
	fi; \
	echo; echo 'Exit status 1: leaks were found, as this sample has some.'

demo-cron: ## what a cron job tells of a leak that a restart ends
	@$(DEPS_SH) build
	@$(SUBMAKE) all
	@sh tests/support/demo_cron.sh

# ---------------------------------------------------------------- release

DIST := goroleak-$(VERSION)
dist: ## build/goroleak-VERSION.tar.gz, of the files git knows or would add
	@rm -rf build/dist && mkdir -p build/dist/$(DIST)
	git ls-files -co --exclude-standard | LC_ALL=C sort | \
	    while read -r f; do [ ! -f "$$f" ] || echo "$$f"; done \
	    >build/dist/files
	tar -cf - -T build/dist/files | tar -xf - -C build/dist/$(DIST)
	tar -czf build/$(DIST).tar.gz -C build/dist $(DIST)

# The install test of `make check` installs elsewhere, builds a program
# through the installed goroleak.pc, uninstalls, and wants an empty tree.
distcheck: dist ## does the tarball build, pass its tests and install?
	rm -rf build/distcheck && mkdir -p build/distcheck
	tar -xzf build/$(DIST).tar.gz -C build/distcheck
	$(SUBMAKE) -C build/distcheck/$(DIST) check
	rm -rf build/distcheck
	@echo 'build/$(DIST).tar.gz is ready'

clean: ## remove build/
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1	\2/p' Makefile | \
	    while IFS='	' read -r name text; do \
	        printf '  %-15s %s\n' "$$name" "$$text"; done

FORCE:

-include $(patsubst %.c,$(OBJ)/%.d,$(ALL_SRC))
