#!/bin/sh
# record, check and what is around them: silence until there is news, and
# nothing lost whatever happens.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

leaky=$PWD/fixtures/series/leaky
measure=$PWD/tests/bench/measure.c
waits=$PWD/fixtures/profile/go1.27/waits.pb.gz
enter_scratch
{ main_goroutine; goroutines 10 20 select main.pool; } >pool.part

# dump FIRST COUNT: a pool, and so many more that came after.
dump() {
    cat pool.part
    goroutines "$1" "$2" 'chan send' main.leak
}

# at HOUR [OPTION...]: check the dump in dump.txt, at that hour of a day.
at() {
    hour=$1
    shift
    run check --history h.db --now "2026-05-01T$hour:00:00Z" "$@" dump.txt
}

try 'silence while nothing is wrong'
for hour in 00 01 02; do
    dump 100 4 >dump.txt
    at $hour
    exits 0
    prints_nothing
    says_nothing
done

try 'a leak is told once'
told=0
for hour in 03 04 05 06 07; do
    dump 100 $((4 + 5 * (${hour#0} - 2))) >dump.txt
    at "$hour"
    told=$((told + $(grep -c '^leak found: main.leak' "$out")))
done
[ $told -eq 1 ] || wrong="told $told times"
exits 1

try 'again after the time to remind, and not before'
dump 100 30 >dump.txt
at 08
prints_nothing
exits 1
at 09 --remind 1h
prints 'leak still open: main.leak'
at 09 --remind 1h
prints_nothing

try 'when it has doubled'
dump 100 70 >dump.txt
at 10
prints 'leak worse: main.leak'
prints 'when it was told on 2026-05-01 09:00 UTC'

try '--exit-news: 1 on news only'
dump 100 71 >dump.txt
at 11 --exit-news
exits 0
at 11
exits 1

try 'resolved, once, when a restart has ended it'
{ main_goroutine; goroutines 30 20 select main.pool; } >dump.txt
at 12
prints 'leak resolved: main.leak'
exits 0
at 13
prints_nothing
exits 0

# ------------------------------------------------------------------ contents

try 'the same dump twice counts once'
rm -f h.db*
run record --history h.db dump.txt dump.txt
exits 0
run record --history h.db dump.txt
run history --history h.db list
prints '1 snapshot '

try 'a check of a process that is as it was before a restart'
rm -f h.db*
dump 100 0 >start.txt
for hour in 00 01 02 03 04 05 06; do
    case $hour in
    00 | 05 | 06) cp start.txt dump.txt ;;
    *) dump 100 $((4 * ${hour#0})) >dump.txt ;;
    esac
    at $hour
    [ "$hour" != 05 ] || prints 'leak resolved'
done
prints_nothing
exits 0
run history --history h.db --all list
is "$(cut -c 9-28 "$out" | tr '\n' ' ')" \
    '2026-05-01T00:00:00Z 2026-05-01T01:00:00Z 2026-05-01T02:00:00Z 2026-05-01T03:00:00Z 2026-05-01T04:00:00Z 2026-05-01T05:00:00Z ' times
run record --history h.db --now 2026-05-02T00:00:00Z start.txt
"$goroleak" history --history h.db export >all.ndjson
for n in 1 2; do
    run history --history copy.db import all.ndjson
    exits 0
    "$goroleak" history --history copy.db export >copied
    cmp -s copied all.ndjson || wrong="import $n is not what was exported"
done
run history --history h.db list
prints '6 snapshots'

try 'for its owner only'
(umask 000 && "$goroleak" record --history open.db dump.txt)
case $(stat -c %a open.db 2>/dev/null || stat -f %Lp open.db) in
600) ;;
*) wrong='others may read it' ;;
esac

try 'a trend from a history is that of the files'
run record --history leaky.db "$leaky"
exits 0
"$goroleak" trend --all --format=json "$leaky"/*.txt >files.json
"$goroleak" trend --all --format=json --history leaky.db >history.json
for f in files history; do
    sed 's/"labels":{[^}]*}//; /^{"source"/d; s/"wait_minutes":{[^}]*}//' $f.json >$f
done
cmp -s files history || wrong='another trend'

try 'profiles, instances'
run record --history mixed.db --instance p "$waits"
run record --history mixed.db --instance t dump.txt
exits 0
run history --history mixed.db list
[ "$(wc -l <"$out")" = 2 ] || wrong='not two instances'
run trend --history mixed.db --instance t --all
exits 2
run trend --history mixed.db --instance nobody
exits 2
says "has no snapshot of 'nobody'; 'goroleak history list' says of whom"
run history --history mixed.db verify
exits 0
prints ok

try 'pruning'
run history --history leaky.db --now 2026-11-23T06:40:00Z --keep 10m prune
exits 0
prints '6 snapshots dropped'
run history --history leaky.db --max-size 1 prune
exits 0
run history --history leaky.db verify
exits 0
run history --history leaky.db prune
exits 2

# peak WORD: KiB that it takes of the history long.db.
peak() {
    ./measure env "ASAN_OPTIONS=quarantine_size_mb=1:${ASAN_OPTIONS:-}" \
        "$goroleak" history --history long.db "$1" | cut -d' ' -f4
}

try 'verify and export take no more memory of a longer history'
if ${CC:-cc} -std=c11 -D_POSIX_C_SOURCE=200809L -o measure "$measure" 2>"$err"; then
    n=0
    while [ $n -lt 24 ]; do
        n=$((n + 1))
        awk -v n=$n 'BEGIN { for (i = n * 1000; i < n * 1000 + 100000; i++)
            printf "goroutine %d [select]:\nmain.f()\n\t/src/main.go:1 +0x1\n\n", i }' \
            >long.txt
        run record --history long.db --now "2026-05-01T00:$((n + 10)):00Z" long.txt
        [ $n = 4 ] || [ $n = 24 ] || continue
        peak verify >"verify.$n"
        peak export >"export.$n"
    done
    # The ids of those between are 15 MiB.
    for word in verify export; do
        [ "$(cat $word.24)" -lt $(($(cat $word.4) + 8000)) ] ||
            fault "$word: $(cat $word.4) KiB of 4, $(cat $word.24) KiB of 24"
    done
else
    skip 'memory of a history: cannot be measured'
fi

# -------------------------------------------------------------------- silence

try 'silence and unsilence'
rm -f h.db*
for hour in 00 01 02 03 04 05; do
    dump 100 $((4 + 5 * ${hour#0})) >dump.txt
    at $hour
done
exits 1
signature=$("$goroleak" trend --history h.db | sed -n 's/^LEAKING.*#\([0-9a-f]*\)$/\1/p')
run silence --history h.db --now 2026-05-01T06:00:00Z --until 2026-05-02 --why 'known' "$signature"
exits 0
dump 100 90 >dump.txt
at 06
exits 0
prints_nothing
run check --history h.db --now 2026-05-03T00:00:00Z dump.txt
exits 1
prints 'leak worse'
run unsilence --history h.db "$signature"
exits 0
run unsilence --history h.db "$signature"
exits 2
run silence --history h.db xyz
exits 2

try 'silence alone: what is silenced, until when and why'
run silence --history h.db --now 2026-05-01T06:00:00Z --until 2026-05-02 \
    --why "$(printf 'a\033[31mb')" "$signature"
exits 0
says_nothing
run silence --history h.db 00112233
exits 0
says 'silence: check has told of no leak #00112233 so far'
run silence --history h.db --now 2026-05-03T00:00:00Z
exits 0
is "$(tr -s ' ' <"$out" | sed 's/: .*//' | tr '\n' ';')" \
    "00112233 for ever (not told);$signature was until 2026-05-02T00:00:00Z main.leak;" list
prints 'main.leak: a'
harmless "$out"
run silence --history h.db --now 2026-05-01T00:00:00Z --format=json
keys '$' 'schema command silences'
keys '$.silences[]' 'signature until over function why'
prints '"signature":"00112233","until":null,"over":false,"function":null,"why":""'
prints '"until":"2026-05-02T00:00:00Z","over":false,"function":"main.leak"'
run silence --history h.db --why alone
exits 2
for date in 2026-02-31 2026-13-01 26-01-01 2026-05-01T25:00:00Z '' tomorrow; do
    run silence --history h.db --until "$date" "$signature"
    exits 2
    says "--until: '$date' is not a date such as"
done
run silence --history h.db --until 2026-05-02 --now 2026-05-02T00:00:00Z "$signature"
exits 2
says '--until is over'

try 'silence: that the leak is over, too'
run silence --history h.db "$signature"
dump 100 0 >dump.txt
goroutine 999 select main.new >>dump.txt
run check --history h.db --now 2026-05-03T01:00:00Z dump.txt
exits 0
prints_nothing
run unsilence --history h.db "$signature"
goroutine 1000 select main.new >>dump.txt
run check --history h.db --now 2026-05-03T02:00:00Z dump.txt
exits 0
prints 'leak resolved'

try 'a leak that is left out from now on is not resolved'
rm -f h.db*
for hour in 00 01 02 03; do
    dump 100 $((4 + 5 * ${hour#0})) >dump.txt
    at $hour
done
exits 1
dump 100 29 >dump.txt
at 04 --ignore=top:main.leak
exits 0
prints_nothing
dump 100 34 >dump.txt
at 05
exits 1
prints 'leak worse'
dump 100 0 >dump.txt
goroutine 999 select main.new >>dump.txt
at 06 --ignore=top:main.leak
prints 'leak resolved'

# --------------------------------------------------------------------- notify

try '--notify: the report, and what it is about'
rm -f h.db* got env
for hour in 00 01 02 03 04 05; do
    dump 100 $((4 + 5 * ${hour#0})) >dump.txt
    # shellcheck disable=SC2016 # the inner shell expands
    at $hour --instance 'a;b' --notify 'cat >>got; echo "$GOROLEAK_NEWS $GOROLEAK_INSTANCE $GOROLEAK_FUNCTION $GOROLEAK_COUNT" >>env'
done
[ "$(grep -c 'leak found in a;b: main.leak' got)" = 1 ] || wrong='not told once'
grep -q '^found a;b main.leak [0-9]' env || wrong="env: $(cat env)"
at 06 --instance 'a;b' --notify 'exit 3' --remind 1s
says '--notify: the command fails with status 3'
exits 2

try '--notify: a name cannot be two lines, or steer a terminal'
# shellcheck disable=SC2016 # whoever expands it fails
for hour in 00 01 02; do
    n=$((3 + 4 * ${hour#0}))
    printf '{"goroleak":"snapshot","schema":1,"dump":{"form":"debug2"},"clusters":[{"state":"chan send","frames":[{"function":"main.f\\nBcc: a\\u001b[31m$(touch made)"}],"ids":[%s]}]}\n' \
        "$(seq -s , 100 $((100 + n)))" >named.ndjson
    run check --history named.db --now "2026-05-01T$hour:00:00Z" \
        --notify 'printf %s "$GOROLEAK_FUNCTION" >name' named.ndjson
done
exits 1
# shellcheck disable=SC2016 # as it was
is "$(cat name)" 'main.f?Bcc: a?[31m$(touch made)' name
[ ! -e made ] || fault 'was run'

try '--notify: a command that reads nothing, one that never ends'
at 06 --instance 'a;b' --remind 1m --notify 'exec <&-; sleep 0.2'
exits 1
says_nothing
rm -f late
at 07 --instance 'a;b' --remind 1m --timeout 1s --notify 'sleep 60 | cat; touch late' >/dev/null
exits 2
says '--notify: the command was ended after 1 s; see --timeout'
says_lines 1
# shellcheck disable=SC2009 # what is looked for is a whole command
is "$(ps -A -o args= | grep -c -x 'sleep 60')" 0 'commands left'
[ ! -e late ] || fault 'went on'
at 07 --instance 'a;b' --remind 1m --notify 'kill -9 $$'
exits 2
says '--notify: the command fails with status 137'

try '--quiet: what nobody was shown is still news'
at 07 --instance 'a;b' --remind 1m --quiet
exits 1
prints_nothing
at 07 --instance 'a;b' --remind 1m
prints 'leak still open'

try 'JSON'
at 08 --format=json --remind 1s --instance 'a;b'
prints '"command":"check"'
prints '"news":"still open"'
at 08 --format=json --instance 'a;b'
prints '"news":[]'

# --------------------------------------------------------------------- faults

try 'no history, no dump'
for words in 'check dump.txt' 'check missing.txt' 'record http://127.0.0.1:1'; do
    # shellcheck disable=SC2086
    run $words
    exits 2
    says 'needs --history DB'
    says_lines 1
done
run check --history h.db missing.txt
exits 2
run history --history missing.db list
exits 2
says 'missing.db: cannot open'
run record --history no/such/folder/h.db dump.txt
exits 2

try 'devices, pipes and folders are no histories'
mkfifo pipe
mkdir folder
for odd in /dev/null pipe folder; do
    for words in 'record dump.txt' 'history list'; do
        # shellcheck disable=SC2086 # a command and its word
        run ${words%% *} --history "$odd" ${words#* }
        exits 2
        says "goroleak: $odd: "
        says_lines 1
    done
done
says 'folder: cannot open: Is a directory'
run record --history pipe dump.txt
says 'pipe: is no file that could be a history'

try 'files that are no history stay as they are'
cp dump.txt text.db
run record --history text.db dump.txt
exits 2
cmp -s text.db dump.txt || wrong='it was written to'
if command -v sqlite3 >/dev/null; then
    sqlite3 other.db 'CREATE TABLE t(x)'
    run record --history other.db dump.txt
    exits 2
    says 'no history of goroleak'
    cp h.db later.db
    sqlite3 later.db 'PRAGMA user_version = 9'
    run record --history later.db dump.txt
    exits 2
    says 'a later goroleak'
    sqlite3 h.db "UPDATE snapshots SET body = x'00' WHERE id = 3"
    run history --history h.db verify
    exits 2
    says 'h.db: history is damaged'
    run history --history h.db export
    exits 2
    says 'goroleak: h.db: history is damaged'
    dump 100 33 >other.txt
    run check --history h.db --instance 'a;b' --now 2026-05-01T09:00:00Z other.txt
    exits 2
    says 'h.db: history is damaged'
    says_lines 1
    run history --history h.db list
    prints '2026-05-01T09:00:00Z'
fi

try '--notify: who could not be told is told again, others are not'
rm -f h.db* got
for hour in 00 01 02; do
    { dump 100 $((4 + 4 * ${hour#0})); goroutines 900 $((4 + 4 * ${hour#0})) select main.other; } >dump.txt
    # shellcheck disable=SC2016 # the inner shell expands
    at $hour --notify 'echo "$GOROLEAK_FUNCTION" >>got; [ "$GOROLEAK_FUNCTION" != main.leak ]'
done
exits 2
says '--notify: the command fails with status 1'
is "$(sort got | tr '\n' ' ')" 'main.leak main.other ' 'notified'
run history --history h.db list
prints '3 snapshots'
at 02 --notify 'cat >>got'
exits 1
prints 'leak found: main.leak'
lacks "$out" main.other
at 02
prints_nothing

try 'a report that cannot be written loses no dump'
rm -f h.db*
for hour in 00 01 02 03; do
    dump 100 $((4 + 4 * ${hour#0})) >dump.txt
    at $hour --output missing/report
done
exits 2
at 03
prints 'leak found: main.leak'
run history --history h.db list
prints '4 snapshots'
echo 'top:=main.nowhere' >unused
dump 100 60 >dump.txt
at 04 --suppressions=unused --strict-suppressions
exits 2
prints 'leak worse'
at 05 --suppressions=unused --strict-suppressions
prints_nothing

try 'a dump that breaks off is a failure, and no news'
rm -f h.db*
for hour in 00 01 02 03 04; do
    dump 100 $((4 + 4 * ${hour#0})) >dump.txt
    at $hour
done
exits 1
dump 100 60 | gzip >whole.gz
head -c $(($(wc -c <whole.gz) - 20)) whole.gz >half.gz
for hour in 05 06; do
    run check --history h.db --now "2026-05-01T$hour:00:00Z" half.gz
    exits 2
    says 'half.gz'
    prints_nothing
done
run history --history h.db list
prints '5 snapshots'
prints '1 gap'

try 'a target that is down'
rm -f h.db*
dump 100 4 >dump.txt
at 00
exits 0
mv dump.txt away.txt
at 01
exits 2
says 'dump.txt: cannot open'
mv away.txt dump.txt
at 02
exits 0
says 'dump.txt: answers again after 1 failure'
at 03
exits 0
says_nothing
run history --history h.db list
prints '1 gap'

try '--max-failures: it speaks the third time, and again to remind'
mv dump.txt away.txt
for n in 1 2 3 4 5 6; do
    at 0$((n + 3)) --max-failures=3 --remind 3h
    exits 2
    prints_nothing
    case $n in 3 | 4) says 'dump.txt: cannot open' ;; *) says_nothing ;; esac
done
mv away.txt dump.txt
at 10 --max-failures=3
exits 0
says 'answers again after 6 failures in a row'
mv dump.txt away.txt
at 11 --max-failures=3
exits 2
says_nothing
mv away.txt dump.txt
at 12 --max-failures=3
exits 0
says_nothing
run history --history h.db list
prints '3 gaps'

try '--max-failures: before the first dump'
rm -f h.db*
mv dump.txt away.txt
at 00 --max-failures=2
exits 2
says_nothing
run history --history h.db list
prints '2026-05-01T00:00:00Z  2026-05-01T00:00:00Z       0 snapshots       0.0 KiB  (no name)  1 gap'
run history --history h.db verify
exits 0
run history --history h.db export
exits 0
prints_nothing
at 01 --max-failures=2
exits 2
says 'dump.txt: cannot open'
mv away.txt dump.txt
for bad in 0 -1 x 1x; do
    run check --history h.db --max-failures="$bad" dump.txt
    exits 2
    says 'a number from 1'
done

try 'a history of the version before'
if command -v sqlite3 >/dev/null; then
    rm -f h.db*
    at 00
    sqlite3 h.db 'DROP TABLE gaps; PRAGMA user_version = 1;
        ALTER TABLE snapshots DROP COLUMN heap_inuse;
        ALTER TABLE snapshots DROP COLUMN stack_inuse;
        ALTER TABLE snapshots DROP COLUMN sys;
        ALTER TABLE snapshots DROP COLUMN num_gc'
    run history --history h.db verify
    exits 0
    run history --history h.db list
    prints '1 snapshot '
    is "$(sqlite3 h.db 'PRAGMA user_version')" 3 version
fi

try 'killed at any moment: nothing is half there'
rm -f h.db*
i=0
while [ $i -lt "${KILLS:-40}" ]; do
    dump 100 $((4 + i)) >dump.txt
    "$goroleak" check --history h.db --now "2026-05-01T00:00:00Z" dump.txt >>told.log 2>/dev/null &
    pid=$!
    sleep 0.0$((i % 4))$((i % 10))
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
    i=$((i + 1))
done
# Where the program starts slowly none of them came far: this one does.
"$goroleak" check --history h.db dump.txt >/dev/null 2>&1
run history --history h.db verify
exits 0
prints ok

try 'show: the newest snapshot, and one stack over time'
rm -f h.db*
for hour in 00 01 02 03; do
    dump 100 $((4 + 4 * ${hour#0})) >dump.txt
    at $hour
done
run history --history h.db show
exits 0
prints 'from 1 dump'
prints '16  chan send'
signature=$("$goroleak" scan --format=json dump.txt |
    sed -n 's/^{"signature":"\([0-9a-f]*\)","count":16,.*/\1/p')
run history --history h.db show "#$(echo "$signature" | cut -c1-12)"
exits 0
prints '2026-05-01 00:00:00       4'
prints '2026-05-01 03:00:00      16'
prints 'LEAKING'
lacks "$out" main.pool
run history --history h.db show 0123456789ab
exits 2
says 'no stack with signature 0123456789ab'
run history --history h.db show nonsense
exits 2
says "'nonsense' is no signature, and no number of a snapshot"
run history --history h.db show '#12'
exits 2
says "'#12' is no signature"
run history --history h.db --instance other show
exits 2
says "no snapshot of 'other'"

try 'list --all: each snapshot has a number, show prints that one'
run record --history h.db --instance other --now 2026-05-02T00:00:00Z dump.txt
run history --history h.db --all list
exits 0
is "$(wc -l <"$out" | tr -d ' ')" 5 lines
prints '     2  2026-05-01T01:00:00Z        29 goroutines  (no name)  dump.txt'
prints '     5  2026-05-02T00:00:00Z        37 goroutines  other  dump.txt'
run history --history h.db --all --instance other list
is "$(wc -l <"$out" | tr -d ' ')" 1 lines
run history --history h.db --instance other list
is "$(wc -l <"$out" | tr -d ' ')" 1 instances
run history --history h.db show 2
exits 0
prints '2026-05-01 01:00:00 UTC'
prints '8  chan send'
run history --history h.db show 77
exits 2
says 'h.db: has no snapshot 77'
run history --history h.db show '#100000'
exits 2
says 'no stack with signature 100000'

try 'show, of a stack that is in one snapshot'
run record --history one.db --now 2026-05-01T00:00:00Z dump.txt
run history --history one.db show "$signature"
exits 0
prints '2026-05-01 00:00:00      16'

try 'history in JSON, and into a file'
run history --history h.db --format=json list
exits 0
keys '$' 'schema command instances'
keys '$.instances[]' 'instance snapshots first last bytes gaps'
run history --history h.db --format=json --all list
keys '$.snapshots[]' 'number instance time source form goroutines truncated'
is "$(value number)" 1 number
run history --history h.db --format=json show 2
is "$(value goroutines)" 29 goroutines
run history --history h.db --format=json show "$signature"
keys '$' 'schema command dumps segments findings'
is "$(sed -n 's/.*"counts":\(\[[^]]*\]\).*/\1/p' "$out")" '[4,8,12,16]' counts
run history --history h.db --format=json verify
is "$(cat "$out")" '{"schema":1,"command":"history verify","ok":true}' verify
run history --history h.db --format=json --keep 1d --now 2026-05-02T01:00:00Z prune
is "$(cat "$out")" '{"schema":1,"command":"history prune","dropped":1}' prune
run history --history h.db --output list.txt list
prints_nothing
has list.txt '1 snapshot '
run history --history h.db --format=snapshot list
exits 2
run record --history odd.db --instance "$(printf 'a\033[31m"b')" dump.txt
run history --history odd.db list
harmless "$out"
run history --history odd.db --format=json list
prints '"instance":"a\u001B[31m\"b"'
if [ -w /dev/full ]; then
    for what in list verify 'show 1'; do
        # shellcheck disable=SC2086 # a number may go with it
        "$goroleak" history --history odd.db $what >/dev/full 2>"$err"
        is $? 2 "exit status of $what"
        says 'cannot write'
    done
fi

# one, other HOUR: dumps of two processes, with goroutines that stay.
one() {
    main_goroutine
    goroutines 100 20 select main.pool
    goroutines 500 $((4 + ${1#0})) 'chan send' main.work
}
other() {
    main_goroutine
    goroutines 1100 20 select main.pool
    goroutines 5000 $((5 + ${1#0})) 'chan send' main.work
}
mixed="two processes are recorded as 'api', by their goroutine ids; give each a new --instance of its own, or 'history drop' what is of one"

try 'two processes under one name: said each time, and nothing lost'
rm -f h.db*
for hour in 00 01 02 03 04 05; do
    case $hour in *[024]) one $hour ;; *) other $hour ;; esac >dump.txt
    cp dump.txt "mixed.$hour.txt"
    at $hour --instance api
    prints_nothing
    case $hour in 00 | 01) exits 0 && says_nothing && continue ;; esac
    exits 2
    says "h.db: $mixed"
    says_lines 1
done
run history --history h.db list
prints '6 snapshots'

try 'history drop: what is of the other is taken out'
run trend --history h.db --instance api
exits 2
says "h.db: $mixed"
for bad in 99 x -1 1x '' 99999999999999999999; do
    run history --history h.db drop 2 "$bad"
    exits 2
    says_lines 1
done
run history --history h.db list
prints '6 snapshots'
run history --history h.db drop
exits 2
run history --history h.db --format=json drop 2 4
is "$(cat "$out")" '{"schema":1,"command":"history drop","dropped":2}' drop
run history --history h.db drop 6
prints '1 snapshot dropped'
one 06 >dump.txt
at 06 --instance api
exits 1
says_nothing
prints 'leak found in api: main.work'

try 'two processes under one name, recorded'
rm -f h.db*
for hour in 00 01 02 03; do
    run record --history h.db --instance api --now "2026-05-01T$hour:00:00Z" "mixed.$hour.txt"
    exits 0
    case $hour in 00 | 01) says_nothing ;; *) says "h.db: $mixed" && says_lines 1 ;; esac
done
run history --history h.db export
cp "$out" mixed.ndjson
run history --history copy.db import mixed.ndjson
exits 0
says "copy.db: $mixed"
says_lines 1

try 'a second process that comes late is noticed when the first is back'
rm -f h.db*
for hour in 00 01 02 03 04 05 06 07 08 09; do
    case $hour in 08) other $hour ;; *) one $hour ;; esac >dump.txt
    at $hour --instance api
    [ "$hour" = 09 ] || says_nothing
done
exits 2
says "h.db: $mixed"

try 'under a name each, they are two'
rm -f h.db*
for hour in 00 01 02 03 04 05; do
    case $hour in *[024]) name=a ;; *) name=b ;; esac
    run record --history h.db --instance $name --now "2026-05-01T$hour:00:00Z" "mixed.$hour.txt"
    exits 0
    says_nothing
done

try 'a restart, and one after the other, are no mix-up'
rm -f h.db*
first=100
for hour in 00 01 02 03 04 05 06 07; do
    case $hour in 03 | 05 | 06 | 07) first=$(((first * 7 + 13) % 9000 + 50)) ;; esac
    { main_goroutine; goroutines $first 20 select main.pool; } >dump.txt
    run record --history h.db --instance api --now "2026-05-01T$hour:00:00Z" dump.txt
    says_nothing
    at $hour --instance api
    exits 0
    says_nothing
done

try 'a clock that goes backwards, and dumps out of order'
rm -f h.db*
for hour in 05 01 04 02 03 00; do
    dump 100 $((4 + 4 * ${hour#0})) >"late.$hour.txt"
    run record --history h.db --now "2026-05-01T$hour:00:00Z" "late.$hour.txt"
    exits 0
done
run history --history h.db list
prints '2026-05-01T00:00:00Z  2026-05-01T05:00:00Z       6 snapshots'
run trend --history h.db
exits 1
prints '  ordered by the times in the history'
prints 'LEAKING  +4 per dump'
prints '4 -> 24'
dump 100 28 >dump.txt
at 02
[ $status -ne 2 ] || wrong='a check in the past fails'
run history --history h.db verify
exits 0

behind="what came is older than the newest snapshot of '(no name)'"
set_back="the clock was set back since the last snapshot of '(no name)'"

# leaking TIME...: checks of a leak that goes on, of May 2026 where it does not
# say.
leaking() {
    for when in "$@"; do
        count=$((count + 5))
        dump 100 $count >dump.txt
        case $when in
        *T*) ;;
        *) when="2026-05-${when%-*}T${when#*-}" ;;
        esac
        run check --history h.db --now "$when:00Z" --keep 30d --remind 2d dump.txt
        cat "$out" >>told
        cat "$err" >>said
    done
}

# were NEWS...: what was told so far.
were() { is "$(sed -n 's/^leak \(.*\): main.leak.*/\1/p' told | tr '\n' ';')" "$*" told; }

try 'a clock that is set back: told goes on, the leak is not resolved'
rm -f h.db* told said
count=0
leaking 01-01:00 01-02:00 01-03:00 01-04:00 01-05:00 01-06:00 01-07:00 01-08:00
were 'found;worse;'
[ ! -s said ] || fault "$(cat said)"
leaking 01-05:30
says "h.db: $set_back"
says_lines 1
leaking 01-06:30 01-07:30
exits 1
were 'found;worse;'
goroutine 900 select main.other >>dump.txt
run check --history h.db --now 2026-05-01T07:40:00Z --format=openmetrics --output m.prom dump.txt
has m.prom 'goroleak_leak_goroutines{process="",'
leaking 01-08:30 01-09:30
exits 1
were 'found;worse;worse;'
is "$(wc -l <said | tr -d ' ')" 1 'times said'
run history --history h.db list
prints '14 snapshots'

try 'a clock that leaps a day, and comes back'
rm -f h.db* told said
count=0
leaking 01-05:00 01-06:00 01-07:00 02-08:00 02-09:00 01-10:00 01-11:00 02-10:00 02-11:00
exits 1
were 'found;worse;'
is "$(wc -l <said | tr -d ' ')" 1 'times said'
run history --history h.db list
prints '9 snapshots'

try 'a clock that is years ahead for a while: nothing is lost'
rm -f h.db* told said
count=40
leaking 01-05:00 01-06:00 01-07:00 01-08:00 2036-01-01T09:00 2036-01-01T10:00 01-11:00
exits 1
says "h.db: $set_back"
says_lines 1
were 'found;still open;'
leaking 02-11:00 03-10:50
says_nothing
were 'found;still open;'
leaking 03-11:10
were 'found;still open;still open;'
dump 100 0 >dump.txt
goroutine 999 select main.new >>dump.txt
run check --history h.db --now 2026-05-03T12:00:00Z dump.txt
exits 0
prints 'leak resolved'
says_nothing
run history --history h.db list
prints '11 snapshots'

try '--keep: what is older goes once what is younger spans half of that'
rm -f h.db* told said
leaking 01-00:00 01-12:00 2026-06-05T00:00 2026-06-19T00:00
run history --history h.db list
prints '4 snapshots'
leaking 2026-06-20T01:00
run history --history h.db list
prints '3 snapshots'
run history --history h.db --keep 1d --now 2026-06-20T02:00:00Z prune
prints '2 snapshots dropped'

try 'a clock that is a little behind that of another host'
rm -f h.db*
for when in 05:00:00 04:59:30 05:04:00; do
    goroutine 9 select main.other >>dump.txt
    run check --history h.db --now "2026-05-01T${when}Z" dump.txt
    says_nothing
done

try 'times that a wrong clock gave, when a later one is right'
rm -f h.db* told said
count=0
leaking 1970-01-01T00:01 1970-01-01T00:06 01-07:00 01-08:00 1970-01-01T00:01 1970-01-01T00:07 01-09:00 01-10:00
exits 1
says_nothing
were 'found;'

try 'an old history that is imported into one that goes on'
rm -f h.db* told said
count=0
leaking 01-01:00 01-02:00 01-03:00 01-04:00 01-05:00 01-06:00 01-07:00 01-08:00
"$goroleak" history --history h.db export >old.ndjson
rm -f h.db* told said
leaking 02-01:00 02-02:00 02-03:00 02-04:00
run history --history h.db import old.ndjson
exits 0
leaking 02-05:00 02-06:00
exits 1
[ ! -s said ] || fault "$(cat said)"
were 'found;'
run check --history h.db --now 2026-05-02T07:00:00Z --remind 1s --format=json dump.txt
prints '"counts":[5,10,15,20,25,30,35,40,45,50,55,60,65,70]'

try 'an old file is recorded where it belongs'
rm -f h.db*
dump 100 9 >dump.txt
for hour in 05 06 07; do
    cp dump.txt "20260501T${hour}0000Z.txt"
    goroutine 9$hour select main.other >>"20260501T${hour}0000Z.txt"
done
run check --history h.db 20260501T050000Z.txt
run check --history h.db 20260501T070000Z.txt
says_nothing
run check --history h.db 20260501T060000Z.txt
exits 0
says "h.db: $behind"
run history --history h.db --all list
is "$(sed 's/.*(no name)  //' "$out" | tr '\n' ' ')" \
    '20260501T050000Z.txt 20260501T060000Z.txt 20260501T070000Z.txt ' order

try 'a time zone is for nobody'
rm -f h.db*
for hour in 00 01 02 03; do
    dump 100 $((4 + 4 * ${hour#0})) >dump.txt
    case $hour in
    00) zone=UTC ;;
    01) zone=Pacific/Kiritimati ;;
    *) zone=America/St_Johns ;;
    esac
    under TZ=$zone
    at $hour
    says_nothing
done
exits 1
under TZ=Pacific/Kiritimati
run silence --history h.db --now 2026-05-01T03:00:00Z --until 2026-05-02 "$signature"
for zone in UTC Pacific/Kiritimati America/St_Johns; do
    dump 100 21 >dump.txt
    under TZ=$zone
    run check --history h.db --now 2026-05-01T23:59:00Z dump.txt
    exits 0
    under TZ=$zone
    run check --history h.db --now 2026-05-02T00:00:00Z dump.txt
    exits 1
done
cp h.db zone.db
for zone in UTC Pacific/Kiritimati America/St_Johns; do
    TZ=$zone "$goroleak" history --history zone.db show "$signature" >"zone.$$"
    [ ! -e shown ] || same "zone.$$" shown
    mv "zone.$$" shown
done
has shown '2026-05-01 00:00:00       4'

try 'a folder that is not there'
run record --history nowhere/h.db dump.txt
exits 2
says 'nowhere/h.db'
[ ! -e nowhere ] || wrong='made'

# unprivileged ARG...: run by someone to whom permissions matter.
unprivileged() {
    if [ -w closed ]; then
        under setpriv --reuid=65534 --regid=65534 --clear-groups
    fi
    run "$@"
}

mkdir closed open
chmod 755 .
chmod 555 closed
chmod 777 open
chmod a+r dump.txt
unprivileged scan dump.txt >/dev/null 2>&1
if [ $status -ne 0 ]; then
    skip 'a history one may not write to: root may, and nobody cannot be run as'
else
    try 'a folder that one may not write to'
    unprivileged record --history closed/h.db dump.txt
    exits 2
    says 'closed/h.db: cannot open: Permission denied'
    says_lines 1
    is "$(ls -A closed)" '' 'what is in it'

    try 'a history in a folder that was closed'
    unprivileged record --history open/h.db dump.txt
    exits 0
    cp open/h.db before.db
    chmod 555 open
    dump 100 5 >dump.txt
    unprivileged check --history open/h.db dump.txt
    exits 2
    says 'open/h.db: cannot have its -wal and -shm files beside it: it needs a folder one may write to'
    says_lines 1
    cmp -s open/h.db before.db || fault 'it was written to'
    chmod 777 open
    unprivileged check --history open/h.db dump.txt
    exits 0

    try 'a history that one may only read'
    chmod 400 open/h.db
    unprivileged check --history open/h.db dump.txt
    exits 2
    says 'open/h.db: cannot open: Permission denied'
fi
chmod 700 .

try 'what stands beside a history is for its owner only'
rm -f wide.db*
umask 000
run record --history wide.db dump.txt
run scan --format=json --output report.json dump.txt
umask 022
is "$(find . -name 'wide.db*' -perm /077 -o -name report.json -perm /077)" '' 'readable to others'

together=${TOGETHER:-9}
try 'many at once wait for each other'
rm -f h.db*
i=0
while [ $i -lt "$together" ]; do
    i=$((i + 1))
    dump 100 $((i * 3)) >"many.$i"
    "$goroleak" record --history h.db --lock-timeout 60s "many.$i" 2>>many.err &
done
wait
[ ! -s many.err ] || wrong=$(cat many.err)
run history --history h.db list
prints "$together snapshots"

try 'checks at once tell once'
rm -f h.db*
for hour in 00 01; do
    dump 100 $((4 + 4 * ${hour#0})) >dump.txt
    at $hour
done
dump 100 40 >dump.txt
i=0
while [ $i -lt "$together" ]; do
    i=$((i + 1))
    "$goroleak" check --history h.db --lock-timeout 60s --now 2026-05-01T02:00:00Z \
        dump.txt >"check.$i" 2>>checks.err &
done
wait
[ ! -s checks.err ] || fault "$(cat checks.err)"
is "$(cat check.[0-9]* | grep -c '^leak found')" 1 'times told'
run history --history h.db list
prints '3 snapshots'

try 'a full disk'
if [ -w /dev/full ]; then
    run check --history h.db --format=json --output /dev/full dump.txt
    exits 2
    run history --history h.db list
    prints '3 snapshots'
fi
finish
