#!/bin/sh
# What logs put before the lines of a dump, and the lines that they split.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

plain=$PWD/fixtures/series/leaky/20261123T062012Z.txt
last=$PWD/fixtures/series/leaky/20261123T062152Z.txt
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

try 'grep -n -A, of one file and of several'
for options in -n -H '-H -n'; do
    # shellcheck disable=SC2086 # several words
    grep $options -A 100000 'goroutine ' "$plain" >found
    reads found
done

try 'a string in a string: a program that logs JSON to Docker'
awk '{
    gsub(/\t/, "\\\\t"); gsub(/"/, "\\\\\\\""); dump = dump $0 "\\\\n"
} END {
    print "{\"log\":\"{\\\"level\\\":\\\"error\\\",\\\"msg\\\":\\\"" dump "\\\"}\\n\",\"stream\":\"stderr\"}"
}' "$plain" >nested.json
reads nested.json

try 'journalctl -r -o json'
awk '{
    gsub(/\t/, "\\t"); gsub(/"/, "\\\""); line[NR] = $0
} END {
    for (i = NR; i > 0; i--) print "{\"_PID\":\"1\",\"MESSAGE\":\"" line[i] "\"}"
}' "$plain" >reversed.json
reads reversed.json

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

# --------------------------------------------------------- several processes


# interleave NAME=FILE...: as docker compose writes several logs, three lines of
# each in turn.
interleave() {
    for pair in "$@"; do
        sed "s/^/${pair%%=*}  | /" "${pair#*=}" >"part.${pair%%=*}"
    done
    awk 'BEGIN {
        for (n = ARGC - 1; left < n; )
            for (i = left = 0; i < n; i++)
                for (k = 0; k < 3 + i; k++)
                    if ((getline line < ARGV[i + 1]) > 0)
                        print line
                    else if (k == 0)
                        left++
    }' part.*
    rm part.*
}

# apart FILE...: the clusters are those of the files read one by one.
apart() {
    run scan --format=json mixed.log
    exits 0
    clusters >got
    run scan --format=json "$@"
    clusters >wanted
    same got wanted
}

try 'two processes, line by line'
interleave web-1="$plain" web-2="$last" >mixed.log
apart "$plain" "$last"
run scan mixed.log
prints "from 2 dumps"

try 'five, and what else they log'

awk "BEGIN { for (i = 0; i < 100; i++) print \"noise\" }" >noise
interleave api="$plain" db=noise queue="$last" web-1="$plain" web-2="$last" >mixed.log
apart "$plain" "$last" "$plain" "$last"

try 'two profiles, and two reports of races'
for name in profile/go1.27/waits.txt race/shapes/go1.27.txt; do
    interleave web-1="$plain" web-2=fixtures/$name web-3=fixtures/$name >mixed.log
    apart "$plain" fixtures/$name fixtures/$name
done

try 'the prefixes of kubectl'
interleave a="$plain" b="$last" | sed -e 's!^a  | ![pod/api-1/server] !' -e 's!^b  | ![pod/api-2/server] !' >mixed.log
apart "$plain" "$last"

try 'more processes than are taken apart: their lines are counted'
i=0
while [ $i -lt 80 ]; do
    printf 'web-%s  | goroutine 1 [select]:\nweb-%s  | main.f()\nweb-%s  | \t/s/a.go:1 +0x1\n' $i $i $i
    i=$((i + 1))
done >many.log
run scan many.log
exits 0
prints '65 goroutines in 1 stack from 65 dumps'
run scan --format=json many.log
prints '"skipped_lines":45'

try 'one that is cut is not the end of the other'
head -n 40 "$last" >cut.txt
interleave web-1=cut.txt web-2="$plain" >mixed.log
run scan mixed.log
prints 'from 2 dumps'
whole=$("$goroleak" scan "$plain" | sed -n '1s/ .*//p')
part=$("$goroleak" scan cut.txt 2>"$err" | sed -n '1s/ .*//p')
prints "$((whole + part)) goroutines"

# cut_of INDEX: is the dump so far down cut off?
cut_of() {
    sed -n 's/^{"source".*"truncated":\([a-z]*\).*/\1/p' "$out" | sed -n "$1p"
}

try 'one that is cut is told of it, and not the other'
run scan --format=json mixed.log
is "$(cut_of 1)" true 'web-1 ends in a stack'
is "$(cut_of 2)" false 'web-2'
says 'ends inside a goroutine'

try 'the last line of the log is cut, which is of the second process'
printf 'goroutine 1 [select]:\nmain.f()\n\t/src/main.go:1 +0x1\n' >one.txt
interleave web-1=one.txt web-2="$plain" >whole.log
last_of_two=$(grep -n 'web-2 .*main.go' whole.log | tail -n 1 | cut -d : -f 1)
head -n "$last_of_two" whole.log >cut.log
for end in ' +0x[0-9a-f]*' '[0-9] +0x[0-9a-f]*' 'go:[0-9]* +0x[0-9a-f]*'; do
    printf '%s' "$(sed "\$s/$end\$//" cut.log)" >end.log
    run scan --format=json end.log
    exits 0
    is "$(cut_of 1)" false 'web-1'
    is "$(cut_of 2)" true "web-2 without $end"
done

try 'last line first, as journalctl -r prints'
awk '{ line[NR] = $0 } END { for (i = NR; i > 0; i--) print line[i] }' "$plain" >reversed.log
reads reversed.log
sed 's/^/Nov 27 10:00:01 host app[12]: /' reversed.log >journal.log
{ cat noise; awk 'NR % 7 == 0 { print "Nov 27 10:00:02 host cron[3]: (root) CMD (true)" } { print }' journal.log; } >busy.log
reads journal.log
reads busy.log

try 'last line first: a stack too long to be kept is counted, and the next is read'
awk 'BEGIN {
    for (i = 0; i < 300; i++) long = long "xxxxxxxxxx"
    print "goroutine 1 [select]:"
    for (i = 1; i < 200; i++) print "main." long i "()\n\t/src/main.go:" i " +0x1"
    print "\ngoroutine 2 [select]:\nmain.g()\n\t/src/g.go:1 +0x1"
}' | awk '{ line[NR] = $0 } END { for (i = NR; i > 0; i--) print line[i] }' >long.log
run scan --format=json long.log
exits 0
prints '"goroutines":2,'
lacks "$out" '"skipped_lines":0'
prints '"function":"main.g"'

try 'lines wrapped at a terminal'"'"'s width'
fold -w 80 "$plain" >folded.txt
run scan folded.txt
exits 0
prints '26 goroutines in 10 stacks'

try 'a log level before a bar names no process'
sed 's/^/2026-01-01 INFO | /' "$plain" >level.log
reads level.log

finish
