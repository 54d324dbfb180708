#!/bin/sh
# The machine's form of the reports: the keys and their order, valid JSON
# whatever is in a dump, the same bytes for the same input.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

enter_scratch
waits=fixtures/debug2/waits/go1.27.txt
leaky=fixtures/series/leaky
first=$leaky/20261123T062012Z.txt
last=$leaky/20261123T063833Z.txt

# is_valid FILE...: each is one JSON text in UTF-8 and ends in a newline.
if command -v python3 >/dev/null; then
    is_valid() {
        python3 -c '
import json, sys
for name in sys.argv[1:]:
    with open(name, "rb") as f:
        text = f.read()
    try:
        json.loads(text.decode("utf-8"))
        wrong = text[-1:] != b"\n" and "no newline at the end"
    except ValueError as e:
        wrong = e
    if wrong:
        sys.exit("%s: %s" % (name, wrong))
' "$@" 2>why || fault "$(cat why)"
    }
else
    is_valid() { true; }
    skip 'is it valid JSON? there is no python3'
fi

# ------------------------------------------------------------- the keys

frame='function file line'
dump='source index time form goroutines clusters truncated damaged skipped_lines ignored repeated'
cluster='signature count state wait_minutes locked leaked frames elided created_by ids labels states'
finding='verdict signature counts first last per_hour p_value survival wait_minutes evidence frames created_by state per_dump'

# cluster_keys PATH: of a cluster there, and of what is in it.
cluster_keys() {
    keys "$1.wait_minutes" 'min median max'
    keys "$1.frames[]" "$frame"
    keys "$1.created_by" "$frame"
}

try 'scan: keys in their order'
run scan --format=json $last $waits
exits 0
keys '$' 'schema command dumps clusters'
keys '$.dumps[]' "$dump"
keys '$.clusters[]' "$cluster"
cluster_keys '$.clusters[]'
prints '{"schema":1,"command":"scan","dumps":['

try 'diff: keys in their order'
run diff --format=json $first $last
exits 0
keys '$' 'schema command before after changes restarted'
keys '$.before' "$dump"
keys '$.after' "$dump"
keys '$.changes[]' "change before after delta survivors $cluster"
cluster_keys '$.changes[]'
prints '{"schema":1,"command":"diff","before":'

try 'trend: keys in their order'
run trend --format=json $leaky
exits 1
keys '$' 'schema command dumps segments findings'
keys '$.dumps[]' "$dump"
keys '$.findings[]' "$finding"
cluster_keys '$.findings[]'
prints '{"schema":1,"command":"trend","dumps":['

try 'assert: keys in their order'
run assert --format=json $last
exits 1
keys '$' 'schema command dump ignored leaks in_baseline'
keys '$.dump' "$dump"
keys '$.leaks[]' "$cluster"
cluster_keys '$.leaks[]'
prints '{"schema":1,"command":"assert","dump":'

try 'explain: keys in their order, and the state of what is shown'
run explain --format=json 1ac68b29e0ce $last
exits 0
keys '$' 'schema command dumps clusters states'
keys '$.dumps[]' "$dump"
keys '$.clusters[]' "$cluster suspicion cause"
cluster_keys '$.clusters[]'
keys '$.states[]' 'state what causes'
keys '$.states[].causes[]' 'what example fix'
prints '{"schema":1,"command":"explain","dumps":['
is "$(grep -c '^{"state":"chan send"' "$out")" 1 'states that are explained'

try 'explain: one state, and all of them'
run explain --format=json 'chan send'
exits 0
prints '"dumps":[],"clusters":[],"states":['
is "$(grep -c '^{"state":' "$out")" 1 'states that are explained'
run explain --format=json
"$goroleak" explain >states
is "$(grep -c '^{"state":' "$out")" "$(wc -l <states | tr -d ' ')" 'states'

try 'the same keys where there is nothing to list'
run scan --format=json --only=top:nothing $last
exits 0
keys '$' 'schema command dumps clusters'
prints '"clusters":[]'
cp $last same.txt
run diff --format=json $last same.txt
keys '$' 'schema command before after changes restarted'
prints '"changes":[]'
run trend --format=json --only=top:nothing $leaky
exits 0
keys '$' 'schema command dumps segments findings'
prints '"findings":[]'
run assert --format=json --ignore=state:. $last
exits 0
keys '$' 'schema command dump ignored leaks in_baseline'
prints '"leaks":[]'

# ----------------------------------------------------------- the values

try 'a dump: source, place in it, time, form, counts'
run scan --format=json $last
is "$(value source)" "\"$last\"" source
is "$(value index)" 0 index
is "$(value time)" '"2026-11-23T06:38:33Z"' time
is "$(value form)" '"debug2"' form
is "$(value goroutines)" 194 goroutines
is "$(value clusters)" 11 clusters
is "$(value truncated)" false truncated
is "$(value damaged)" 0 damaged
is "$(value ignored)" 0 ignored

try 'a dump: form'
for pair in sigquit/levels/go1.27_all:sigquit panic/levels/go1.27_string_all:panic \
    timeout/hang/go1.27:timeout debug2/leakprof/go1.27:debug2; do
    run scan --format=json "fixtures/${pair%:*}.txt"
    is "$(value form)" "\"${pair#*:}\"" "${pair%:*}"
done

try 'a dump: no time on standard input from a pipe'
shell "cat $last | goroleak scan --format=json >piped"
cp piped "$out"
is "$(value source)" '"-"' source
is "$(value time)" null time

try 'a dump: ignored, truncated'
run scan --format=json --ignore=state:chan $last
is "$(value goroutines)" 194 goroutines
is "$(value ignored)" 112 ignored
head -c 5000 $last >cut.txt
run scan --format=json cut.txt
exits 0
is "$(value truncated)" true truncated
is "$(value damaged)" 1 damaged

try 'a cluster: all of it'
{
    goroutine 7 'chan receive, 3 minutes, locked to thread' main.f
    goroutine 9 'chan receive (leaked), 9 minutes' main.f
    goroutine 8 'chan receive' main.f
} >three.txt
run scan --format=json three.txt
is "$(value count)" 3 count
is "$(value state)" '"chan receive"' state
prints '"wait_minutes":{"min":3,"median":3,"max":9}'
is "$(value locked)" 1 locked
is "$(value leaked)" 1 leaked
prints '"frames":[{"function":"main.f","file":"/src/app/main.go","line":20}]'
is "$(value elided)" false elided
prints '"created_by":{"function":"main.main","file":"/src/app/main.go","line":9}'
prints '"ids":[7,8,9]'
prints '"labels":{}'
prints '"states":{"chan receive":3}'

try 'a cluster: what is unknown is null or 0, not left out'
printf 'goroutine 3 [running]:\nmain.f()\n\n' >bare.txt
run scan --format=json bare.txt
is "$(value wait_minutes)" null wait_minutes
is "$(value created_by)" null created_by
prints '{"function":"main.f","file":"","line":0}'

try 'a cluster: the states a goroutine passes through are one'
{
    goroutine 7 running main.f
    goroutine 8 runnable main.f
    goroutine 9 runnable main.f
} >active.txt
run scan --format=json active.txt
is "$(value clusters)" 1 clusters
is "$(value state)" '"runnable"' state
prints '"states":{"runnable":2,"running":1}'

try 'a cluster: labels and how often'
{
    goroutine 7 'select] {job: nightly, k: v}:
main.g()
	/src/app/main.go:3 +0x1

goroutine 8 [select' main.f
    goroutine 9 'select] {job: nightly}:
main.f()
	/src/app/main.go:20 +0x1
created by main.main in goroutine 1
	/src/app/main.go:9 +0x2

goroutine 10 [IO wait' main.g
} >labels.txt
run scan --format=json labels.txt
prints '"labels":{"job":{"nightly":1},"k":{"v":1}}'
prints '"labels":{"job":{"nightly":1}}'

try 'a cluster: the first 20 ids'
goroutines 101 30 select main.f >thirty.txt
run scan --format=json thirty.txt
is "$(value count)" 30 count
prints '"ids":[101,102,103,104,105,106,107,108,109,110,111,112,113,114,115,116,117,118,119,120],'

try 'a change: kinds, and survivors'
{ goroutines 5 4 select main.grew; goroutines 20 4 select main.shrank
  goroutines 30 2 select main.gone; goroutines 40 2 select main.same; } >a.txt
{ goroutines 5 4 select main.grew; goroutines 50 3 select main.grew
  goroutines 20 1 select main.shrank; goroutines 60 2 select main.new
  goroutines 40 2 select main.same; } >b.txt
run diff --format=json a.txt b.txt
prints '{"change":"grew","before":4,"after":7,"delta":3,"survivors":4,'
prints '{"change":"new","before":0,"after":2,"delta":2,"survivors":0,'
prints '{"change":"shrank","before":4,"after":1,"delta":-3,"survivors":1,'
prints '{"change":"gone","before":2,"after":0,"delta":-2,"survivors":0,'
lacks "$out" main.same
is "$(value restarted)" false restarted

try 'a change: no survivors are known over a restart'
goroutines 5000 9 select main.f >a.txt
goroutines 5 12 select main.f >b.txt
run diff --format=json a.txt b.txt
is "$(value restarted)" true restarted
is "$(value survivors)" null survivors

try 'a finding: all of it'
run trend --format=json $leaky
is "$(value segments)" 1 segments
is "$(value verdict)" '"leaking"' verdict
prints '"counts":[7,14,21,28,35,42,49,56,63,70,77,84],"first":7,"last":84,'
is "$(value per_dump)" 7.0 per_dump
is "$(value survival)" 1.0 survival
prints '"wait_minutes":{"min":3,"median":11,"max":20},"evidence":["rises in'
hours=$(value per_hour)
case $hours in
25[12].*) ;;
*) fault "per_hour: $hours" ;;
esac

try 'a finding: only findings, and with --all every stack'
run trend --format=json $leaky
lacks "$out" '"verdict":"steady"'
is "$(grep -c '^{"verdict"' "$out")" 4 findings
run trend --format=json --all $leaky
is "$(grep -c '^{"verdict"' "$out")" 13 stacks
is "$(grep -c '^{"verdict":"steady"' "$out")" 9 'steady stacks'

try 'a finding: no rate by the hour where there are no times'
shell "cat $leaky/*.txt | goroleak trend --format=json >piped; [ \$? -eq 1 ]"
exits 0
cp piped "$out"
is "$(value per_hour)" null per_hour
is "$(value time)" null time
is "$(value per_dump)" 7.0 per_dump

try 'assert: excused by rules, excused by the baseline'
run assert --format=json --baseline=$first $last
exits 1
is "$(value goroutines)" 194 goroutines
is "$(value in_baseline)" 21 in_baseline
tail -n 1 "$out" >last_line
has last_line ',"in_baseline":21}'
grep -o '"repeated":0,"memory":null},"ignored":[0-9]*' "$out" >ignored
has ignored '"ignored":5'

# ---------------------------------------------------- selection, order

try '--top and --min-count'
run scan --format=json --top=2 $last
is "$(grep -c '^{"signature"' "$out")" 2 'clusters of --top=2'
is "$(value clusters)" 11 'clusters of the dump'
run scan --format=json --min-count=20 $last
is "$(grep -c '^{"signature"' "$out")" 4 'clusters of --min-count=20'

try 'the largest first; of one count by wait, then what runs last, by signature'
run scan --format=json $waits $last
sed -n 's/^{"signature":"\([0-9a-f]*\)","count":\([0-9]*\),"state":"\([^"]*\)",'\
'"wait_minutes":\(null\|{[^}]*"max":\([0-9]*\)}\),.*/\2 0\5 \3 \1/p' "$out" |
    sed -E 's/ (running|runnable|syscall) / 1 /; t
        s/ [^0-9].* / 0 /' >order
LC_ALL=C sort -k1,1nr -k2,2nr -k3,3n -k4,4 order >sorted
same order sorted
is "$(wc -l <order | tr -d ' ')" 40 clusters

# ------------------------------------------------- the same bytes again

for words in "scan $leaky" "scan $waits" "diff $first $last" "trend --all $leaky" \
    "assert $last" "assert --baseline=$first $last"; do
    try "twice the same bytes, valid JSON: $words"
    # shellcheck disable=SC2086
    run $words --format=json
    is_valid "$out"
    cp "$out" once
    for locale in C C.UTF-8 de_DE.UTF-8; do
        under LC_ALL=$locale TZ=Asia/Tokyo COLUMNS=30
        # shellcheck disable=SC2086
        run $words --format=json
        same once "$out"
    done
done

try 'a file, a pipe and a slow writer: the same but for source and time'
anonymous() {
    sed 's/"source":"[^"]*"/"source":""/; s/"time":[^,]*/"time":0/' "$1"
}
# in_pieces SIZE FILE: as many write(2) as it takes; one pause in the middle.
in_pieces() {
    size=$(wc -c <"$2")
    n=0
    while [ $((n * $1)) -lt "$size" ]; do
        dd bs="$1" count=1 2>/dev/null
        n=$((n + 1))
        [ $n -ne 3 ] || sleep 1
    done <"$2"
}
for file in $waits fixtures/sigquit/levels/go1.27_crash.txt \
    fixtures/debug2/retyped/crlf.txt fixtures/cases/42_labels127.txt; do
    run scan --format=json "$file"
    anonymous "$out" >once
    feed "$file" scan --format=json
    anonymous "$out" >again
    same once again
    for size in 61 4093; do
        in_pieces $size "$file" | "$goroleak" scan --format=json >"$out" 2>"$err"
        anonymous "$out" >again
        same once again
    done
done

# ------------------------------------------------------- whatever is in it

try 'bytes that are no UTF-8: valid JSON all the same'
{
    printf 'goroutine 5 [sel\377ect, 3 minutes] {"k\\xff": "v\300\200", "\355\240\200": "\364\220\200\200"}:\n'
    printf 'main.a\377b\342\202()\n\t/src/\376\375\303.go:7 +0x1\n'
    printf 'created by main.\200 in goroutine 1\n\t/src/\303\050.go:9 +0x2\n\n'
    printf 'goroutine 6 [select]:\nmain.\303\251t\303\251()\n\t/src/\346\227\245.go:7 +0x1\n\n'
    goroutine 7 select main.quoted
} >bytes.txt
cp bytes.txt bytes-20260101T000000Z.txt
{ cat bytes.txt; goroutine 8 'sel"ect' main.f; } >bytes-20260101T000100Z.txt
for words in 'scan bytes.txt' 'assert bytes.txt' \
    'diff bytes-20260101T000000Z.txt bytes-20260101T000100Z.txt' \
    'trend --all bytes-20260101T000000Z.txt bytes-20260101T000100Z.txt'; do
    # shellcheck disable=SC2086
    run $words --format=json
    is_valid "$out"
done

try 'bytes that are no UTF-8: U+FFFD for each, the others as they are'
run scan --format=json bytes.txt
prints '"main.été"'
prints '/src/日.go'
prints "main.a$(printf '\357\277\275')b"

try 'quotes, backslashes and control bytes'
{
    printf 'goroutine 5 [a"b\\c\td]:\nmain.a"b\\c\001\033()\n\t/src/a"b\\c\002.go:7\n\n'
} >quotes.txt
run scan --format=json quotes.txt
is_valid "$out"
prints '"a\"b\\c\td"'
prints '\u0001'

try 'names of files that are no UTF-8'
name=$(printf 'na\377me"')
if (: >"$name") 2>/dev/null; then
    cp bytes.txt "$name"
    run scan --format=json "$name"
    is_valid "$out"
    prints "\"source\":\"na$(printf '\357\277\275')me\\\"\""
else
    skip 'names of files that are no UTF-8: this file system has none'
fi

try 'labels that differ in bytes that are no UTF-8 are not lost'
printf 'goroutine 5 [select] {"\377": a, "\376": b}:\nmain.f()\n\t/a.go:7\n\n' \
    >labels.txt
run scan --format=json labels.txt
prints '"a":1'
prints '"b":1'

try 'every fixture: valid JSON'
mkdir all
n=0
for file in fixtures/cases/*.txt fixtures/*/*/*.txt; do
    run scan --format=json "$file"
    if [ "$status" -eq 2 ]; then
        prints_nothing
    else
        exits 0
        n=$((n + 1))
        cp "$out" all/$n
    fi
done
[ $n -gt 150 ] || fault "only $n fixtures"
is_valid all/*

finish
