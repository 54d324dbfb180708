#!/bin/sh
# The include rules hold, and tests/support/layers.sh sees it when they do not.
set -u

scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
passed=0 failed=0

ok() {
    passed=$((passed + 1))
}

not_ok() {
    echo "FAILED: $*"
    failed=$((failed + 1))
}

# case_of WANTED FILE INCLUDE: does a tree with this one line pass (0) or not?
case_of() {
    rm -rf "$scratch/tree"
    mkdir -p "$scratch/tree/src/lib" "$scratch/tree/src/cli" \
        "$scratch/tree/tests/api" "$(dirname "$scratch/tree/$2")"
    : >"$scratch/tree/src/cli/own.h"
    : >"$scratch/tree/tests/api/own.h"
    echo "#include $3" >"$scratch/tree/$2"
    sh tests/support/layers.sh "$scratch/tree" 2>"$scratch/err"
    if [ $? -eq "$1" ]; then ok; else not_ok "$2 with $3, status not $1"; fi
}

if sh tests/support/layers.sh .; then ok; else not_ok 'this tree'; fi

case_of 0 src/lib/model/a.c '"model/b.h"'
case_of 0 src/lib/model/a.c '"base/b.h"'
case_of 0 src/lib/base/a.c '"goroleak.h"'
case_of 0 src/lib/base/table.h '<uthash.h>'
case_of 0 src/lib/rules/a.c '<pcre2.h>'
case_of 0 src/cli/a.c '"own.h"'
case_of 0 src/cli/a.c '<stdio.h>'
case_of 0 tests/api/a.c '<cmocka.h>'
case_of 0 tests/api/a.c '"own.h"'

case_of 1 src/lib/parse/a.c '"model/b.h"'
case_of 1 src/lib/base/a.h '  "api/b.h" /* why */'
case_of 1 src/lib/base/a.c '"b.h"'
case_of 1 src/lib/api/a.c '"../base/b.h"'
case_of 1 src/lib/api/a.c '<base/b.h>'
case_of 1 src/lib/api/a.c '<uthash.h>'
case_of 1 src/lib/extra/a.c '"base/b.h"'
case_of 1 src/lib/api/a.c 'MACRO'
case_of 1 src/cli/a.c '"base/b.h"'
case_of 1 src/cli/a.c '"../lib/base/b.h"'
case_of 1 src/cli/a.c '<pcre2.h>'
case_of 1 tests/api/a.c '"base/b.h"'
case_of 1 tests/api/a.c '<jansson.h>'

mkdir "$scratch/empty"
sh tests/support/layers.sh "$scratch/empty" 2>/dev/null
if [ $? -eq 2 ]; then ok; else not_ok 'a tree without C files'; fi

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
