#!/bin/sh
# What logs put before the lines of a dump, and the lines that they split.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

plain=$PWD/fixtures/series/leaky/20261123T062012Z.txt
enter_scratch

# clusters: those of the last run, without the dumps they came from.
clusters() {
    sed -e '/^{"source":/d' -e 's/.*"clusters":\[/[/' "$out"
}

# reads FILE [OPTION...]: it has the clusters of the plain dump.
reads() {
    run scan --format=json "$@"
    exits 0
    clusters >got
    same got want
}

run scan --format=json "$plain"
clusters >want

# stamped: as containerd writes lines: times without zeros at their end, parts
# of WIDTH bytes, and now and then a line of the other stream.
stamped() {
    awk -v width="$1" '
        function stamp(   f) {
            f = sprintf("%09d", (++n * 7919000) % 1000000000)
            sub(/0+$/, "", f)
            return "2026-11-27T04:00:0" n % 10 "." (f == "" ? "1" : f) "Z"
        }
        {
            while (length($0) > width) {
                print stamp() " stderr P " substr($0, 1, width)
                $0 = substr($0, width + 1)
                print stamp() " stdout " (n % 4 ? "F" : "P") " GET /healthz"
            }
            print stamp() " stderr F " $0
        }'
}

try 'Kubernetes: lines in parts are joined'
for width in 7 20 60 100000; do
    stamped $width <"$plain" >"cri.$width"
    reads "cri.$width"
done

try 'Kubernetes: the end of a part is missing'
stamped 20 <"$plain" | sed -n '1,/ P main/p' >cut.log
run scan cut.log
exits 0

try 'times whose length changes'
sed '=' "$plain" | paste -d ' ' - - 2>/dev/null | sed 's/^/app\[/; s/ /]: /' \
    >numbered
reads numbered

try 'grep -n -A'
grep -n -A 100000 'goroutine ' "$plain" >found
reads found

try '--line-prefix'
awk '{ print "<" substr("abcdefghij", NR % 9 + 1, 2) "> " $0; print "other" }' \
    "$plain" >odd
run scan odd
clusters >got
is "$(cmp -s got want; echo $?)" 1 'not found out'
reads odd --line-prefix='<[a-z]+> '
reads "$plain" --line-prefix=''

try '--line-prefix: an exact one'
sed 's/^/.* /' "$plain" >odd
reads odd --line-prefix='=.* '

try '--line-prefix: a match further on is none'
sed 's/^/x <ab> /' "$plain" >odd
run scan --line-prefix='<[a-z]+> ' odd
exits 2

try '--line-prefix: a pattern that does not compile'
run scan --line-prefix='(a' "$plain"
exits 2
says 'line-prefix'
run scan --line-prefix='a' --dump-separator='(b' "$plain"
exits 2
says 'dump-separator'

finish
