#!/bin/sh
# A history when each write, sync, rename and unlink in turn goes wrong: killed
# there, killed half way, the disk full, the disk broken, the write short.  It
# verifies, has the dump or has it not, and the same command once more does what
# it would have done.  FAULTS_EVERY=3 tries only every third call.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

shim=$PWD/tests/cli/faults.c
every=${FAULTS_EVERY:-1}
enter_scratch
umask 000 # what is for its owner only is so whatever the umask
${CC:-cc} -shared -fPIC -o faults.so "$shim" -ldl 2>"$err" || {
    skip 'faults: no shared library could be built'
    finish
}
if ! LD_PRELOAD=$PWD/faults.so "$goroleak" --version >"$out" 2>&1; then
    skip 'faults: this build takes no preloaded library'
    finish
fi

dump() {
    main_goroutine
    goroutines 100 "$1" 'chan send' main.leak
}

# check_at HOUR COUNT: so many goroutines, at that hour of a day.
check_at() {
    dump "$2" >dump.txt
    "$goroleak" check --history h.db --now "2026-05-01T$1:00:00Z" dump.txt
}

count() { "$goroleak" history --history h.db list 2>/dev/null | tail -n 1; }

# Everything that a history holds, but when it was written.
content() { "$goroleak" history --history h.db export | sort; }

# A history in which the next check has to tell that a leak is worse.
for hour in 00 01 02 03; do check_at $hour $((4 + 4 * ${hour#0})) >told 2>/dev/null; done
[ ! -s told ] || grep -q 'leak found' told || wrong='told early'
mkdir before
cp h.db* before/
dump 40 >dump.txt
"$goroleak" history --history h.db export >all.ndjson
injected=0
of_kind=

restore() {
    rm -f h.db* mark notified
    [ ! -e before/h.db ] || cp before/h.db* .
}

# faults NAME COMMAND...: it goes wrong at each of its calls.
faults() {
    what=$1
    shift
    restore
    old=$(count)
    "$@" >golden 2>/dev/null
    new=$(count)
    content >wanted
    for kind in kill half full broken short; do
        try "$what: $kind"
        n=1
        tried=0
        while :; do
            restore
            inject "$kind" "$@"
            [ -e mark ] || break
            tried=$((tried + 1))
            survived "$@"
            [ -z "$wrong" ] || break
            n=$((n + every))
        done
        [ "$tried" -gt 0 ] || fault 'nothing went wrong'
        cmp -s first golden || [ -n "$wrong" ] || fault 'not undisturbed in the end'
        injected=$((injected + tried))
        of_kind="$of_kind $what/$kind:$tried"
    done
}

# inject KIND COMMAND...: its call N goes wrong, if it comes to that.
inject() {
    how=$1
    shift
    env LD_PRELOAD="$PWD/faults.so" FAULT_AT="$n" FAULT_KIND="$how" \
        FAULT_MARK="$PWD/mark" "$@" >first 2>first.err
    status=$?
}

# survived COMMAND...: the history is whole, and COMMAND can be run again.
survived() {
    is "$(find . -name 'h.db*' -perm /077)" '' "call $n: readable to others"
    "$goroleak" history --history h.db verify >verified 2>&1 ||
        fault "call $n: $(cat verified)"
    has_now=$(count)
    [ "$has_now" = "$old" ] || [ "$has_now" = "$new" ] || fault "call $n: $has_now"
    [ "$status" -ne 2 ] || [ -s first.err ] || fault "call $n: failed silently"
    [ "$kind" != short ] || cmp -s first golden ||
        fault "call $n: a short write is no failure"
    "$@" >second 2>second.err
    content >is
    cmp -s is wanted || fault "call $n: another history than without the fault"
    case $what in check*) told_once "$@" ;; esac
}

# told_once COMMAND...: what was to be told is told, by the one that was ended or
# by the next, not by both where the first came to its end; and then no more.
told_once() {
    cat first second | grep -q -F "$(head -n 1 golden)" ||
        fault "call $n: never told"
    if [ -s second ]; then
        [ "$status" -eq 2 ] || [ "$status" -gt 128 ] ||
            fault "call $n: told twice"
        cmp -s second golden || fault "call $n: told otherwise"
    else
        cmp -s first golden || fault "call $n: told in part"
    fi
    [ "$what" = check ] || notified_once
    "$@" >third 2>&1
    [ ! -s third ] || fault "call $n: told again: $(head -n 1 third)"
}

# Who is notified is so at least once, and once where the first came to its end.
notified_once() {
    times=$(grep -o 'leak worse' notified | wc -l)
    [ "$times" -gt 0 ] || fault "call $n: nobody notified"
    [ "$times" -eq 1 ] || [ "$status" -eq 2 ] || [ "$status" -gt 128 ] ||
        fault "call $n: notified $((times)) times"
}

faults record "$goroleak" record --history h.db --now 2026-05-01T04:00:00Z dump.txt
faults check "$goroleak" check --history h.db --now 2026-05-01T04:00:00Z dump.txt
faults check-notify "$goroleak" check --history h.db --now 2026-05-01T04:00:00Z \
    --notify 'cat >>notified' dump.txt
faults prune "$goroleak" history --history h.db --keep 1h --now 2026-05-01T04:00:00Z prune
rm -f before/h.db*
faults import "$goroleak" history --history h.db import all.ndjson

try 'a report written by rename is there whole or not at all'
"$goroleak" scan --format=json dump.txt >wanted.json
n=1
while :; do
    rm -f report.json mark
    echo old >report.json
    inject full "$goroleak" scan --format=json --output report.json dump.txt
    [ -e mark ] || break
    injected=$((injected + 1))
    [ $status -eq 2 ] || fault "call $n: exit $status"
    [ "$(cat report.json)" = old ] || fault "call $n: overwritten"
    is "$(echo report.json*)" report.json "call $n: files"
    n=$((n + 1))
done
cmp -s report.json wanted.json || fault 'not written in the end'

echo "$injected faults:$of_kind"
finish
