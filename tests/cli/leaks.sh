#!/bin/sh
# Leaks that others described, and their mends: assert names a line of the leak
# in every dump of the one kind and nothing in the other.  The dumps are made
# by tests/support/make_leaks.sh from fixtures/src/leaks.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

leaks=$PWD/fixtures/leaks
source=$PWD/fixtures/src/leaks
enter_scratch

# marks CASE: "file:line" of its LEAK marks, sorted.
marks() {
    grep -n "// LEAK $1\$" "$source"/*.go |
        sed 's|.*/\([^/]*\.go\):\([0-9]*\):.*|\1:\2|' | LC_ALL=C sort -u
}

# named: those that the last run points at in GitHub's form.
named() {
    sed -n 's|^::error file=example.com/leaks/\([^,]*\),line=\([0-9]*\).*|\1:\2|p' \
        "$out" | LC_ALL=C sort -u
}

count=0
while IFS='	' read -r name class _ _; do
    case $name in '#'*) continue ;; esac
    count=$((count + 1))

    try "$name ($class): leaking"
    run assert --format=github "$leaks/$name.leak.txt"
    exits 1
    marks "$name" >marked
    named >told
    [ -s told ] || fault 'no line is named'
    is "$(LC_ALL=C comm -13 marked told)" '' 'lines that do not leak'
    is "$(grep -c '^::error ' "$out")" "$(sed -n \
        's/^leaked: .* in \([0-9]*\) stacks*$/\1/p' <<END
$("$goroleak" assert "$leaks/$name.leak.txt")
END
)" 'stacks without a line'

    try "$name ($class): mended"
    run assert "$leaks/$name.fixed.txt"
    exits 0
done <"$leaks/CASES.tsv"

try 'thirty cases and more, none forgotten'
[ "$count" -ge 30 ] || fault "only $count"
is "$(find "$leaks" -name '*.txt' | wc -l)" $((2 * count)) 'dumps'

finish
