#!/bin/sh
# What logs put before the lines of a dump, and the lines that they split.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

plain=$PWD/fixtures/series/leaky/20261123T062012Z.txt
embedded=$PWD/fixtures/embedded
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

# ---------------------------------------------------- reports of test libraries

# stacks: what the last run found, without ids and files.
stacks() {
    sed -n 's/^{"signature":"\([0-9a-f]*\)","count":\([0-9]*\).*/\1 \2/p' "$out"
}

try 'goleak, leaktest and gleak report the same stacks'
run scan --format=json "$embedded/leaktest_failure.txt"
stacks >report
is "$(wc -l <report)" 2 stacks
for library in goleak gleak; do
    run scan -v --format=json "$embedded/${library}_failure.txt"
    exits 0
    says_nothing
    stacks >got
    same got report
    prints "\"form\":\"$library\""

    sed 's/^/2026-11-27T04:00:00.1234567Z /' \
        "$embedded/${library}_failure.txt" >ci.log
    run scan --format=json ci.log
    [ $library = gleak ] || { stacks >got; same got report; }
done

try 'prose about such reports is none'
{ echo 'Goroutine 7 in state chan send, with main.f on top of the stack:'
  echo 'was seen. Expected not to leak 1 goroutines:'
  echo 'goroutine 9 [chan send]'; echo 'and so on at main.go:13'; } >prose
run scan prose
exits 2

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
