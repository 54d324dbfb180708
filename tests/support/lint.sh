#!/bin/sh
# Static analysis; `make lint` calls it.
#
#   lint.sh c FLAGS FILE...   headers alone, clang-tidy, cppcheck, -fanalyzer
#   lint.sh sh FILE...        shellcheck
#   lint.sh man FILE...       mandoc
set -u

what=$1
shift
status=0
jobs=$(getconf _NPROCESSORS_ONLN)

begin() {
    echo "lint: $*"
}

# shellcheck disable=SC2086 # flags are several words
headers() {
    find include src tests -name '*.h' -exec printf '%s\n' '{}' + |
        xargs -P "$jobs" -I '{}' ${CC:-cc} $flags -fsyntax-only -x c '{}'
}

# shellcheck disable=SC2086
tidy() {
    printf '%s\n' "$@" |
        xargs -P "$jobs" -I '{}' clang-tidy --quiet '{}' -- $flags 2>&1 |
        awk '!/ warnings? generated\.$/ && !/^$/ { print; found = 1 }
             END { exit found }'
}

# It takes each insertion into a uthash table for a leak; LeakSanitizer and
# Valgrind look for leaks in `make check-asan` and `make check-valgrind`.  Tests
# are left out: what must not be NULL there, an assertion sees to.
# shellcheck disable=SC2086
analyzer() {
    printf '%s\n' "$@" | grep '^src/' |
        xargs -P "$jobs" -I '{}' gcc $flags -O1 -fanalyzer -Werror \
            -Wno-analyzer-malloc-leak -S -o /dev/null '{}'
}

case $what in
c)
    flags=$1
    shift
    begin 'headers compile alone'
    headers || status=1
    begin clang-tidy
    tidy "$@" || status=1
    begin cppcheck
    cppcheck --quiet --std=c11 --error-exitcode=1 --inline-suppr -j "$jobs" \
        --enable=warning,performance,portability \
        --suppress=missingIncludeSystem -Iinclude -Isrc/lib -Isrc/cli "$@" ||
        status=1
    if gcc --version 2>/dev/null | grep -q 'Free Software'; then
        begin 'gcc -fanalyzer'
        analyzer "$@" || status=1
    else
        echo 'skipped: gcc -fanalyzer, there is no gcc'
    fi
    ;;
sh)
    begin shellcheck
    shellcheck "$@" || status=1
    ;;
man)
    begin mandoc
    [ $# -eq 0 ] || mandoc -Tlint -W warning "$@" || status=1
    ;;
esac
exit $status
