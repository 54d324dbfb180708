#!/bin/sh
# Make fixtures/leaks anew: a dump of every case of fixtures/src/leaks, leaking
# and mended, and what goleak says of it.  Needs Go and its module proxy.
set -eu
cd "$(dirname "$0")/../.."
program=$(mktemp)
trap 'rm -f "$program"' EXIT
(cd fixtures/src/leaks && go build -trimpath -o "$program" .)
mkdir -p fixtures/leaks
printf '# case\tclass\tgoleak: leaking\tgoleak: mended\n' >fixtures/leaks/CASES.tsv
"$program" | while IFS="$(printf '\t')" read -r name class; do
    "$program" "$name" leak >"fixtures/leaks/$name.leak.txt"
    "$program" "$name" fixed >"fixtures/leaks/$name.fixed.txt"
    printf '%s\t%s\t%s\t%s\n' "$name" "$class" \
        "$("$program" -goleak "$name" leak)" \
        "$("$program" -goleak "$name" fixed)" >>fixtures/leaks/CASES.tsv
done
