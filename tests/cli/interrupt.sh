#!/bin/sh
# What is left behind when the program is stopped, when two write one file,
# and when nobody reads on.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

enter_scratch
leaky=fixtures/series/leaky
mkdir place

# A dump whose report is larger than a pipe holds (64 KiB and more).
awk 'BEGIN { for (i = 2; i < 6000; i++)
    printf "goroutine %d [select]:\nmain.f%d()\n\t/src/main.go:%d +0x1d\n\n", \
        i, i, i }' >large.txt

# ---------------------------------------------------------------- signals

# A pipe that has half a dump in it and no end: this script holds it open.
if mkfifo slow 2>/dev/null; then
    exec 9<>slow

    # signalled NAME COMMAND [OPTION]: the signal comes while the pipe is read;
    # the report that was there stays, and nothing else is there.
    signalled() {
        signal=$1
        shift
        try "SIG$signal while a pipe is read: $*"
        echo old >place/report
        head -n 1000 large.txt >&9
        "$goroleak" "$@" --output=place/report <slow >"$out" 2>"$err" &
        pid=$!
        sleep 1
        kill -s "$signal" $pid
        wait $pid 2>/dev/null
        is $? $((128 + $(number "$signal"))) 'exit status'
        prints_nothing
        says_nothing
        is "$(cat place/report)" old 'the old report'
        holds_only place report
    }
    number() { case $1 in HUP) echo 1 ;; TERM) echo 15 ;; esac; }

    for signal in HUP TERM; do
        signalled "$signal" scan --format=json
        signalled "$signal" assert
    done

    # A job in the background of a script ignores SIGINT: timeout(1) sends it.
    timeout -k 5 -s INT 1 sleep 3 2>/dev/null
    if [ $? -eq 124 ]; then
        for words in 'scan' 'trend --format=json' 'assert'; do
            try "SIGINT while a pipe is read: $words"
            rm -f place/report
            head -n 1000 large.txt >&9
            # shellcheck disable=SC2086 # a command and an option
            timeout -k 5 -s INT 1 "$goroleak" $words --output=place/report \
                <slow >"$out" 2>"$err"
            is $? 124 'exit status of timeout'
            prints_nothing
            says_nothing
            is "$(ls -A place)" '' 'what is in place'
        done
    else
        skip 'SIGINT: there is no timeout that sends it'
    fi
    exec 9>&-
else
    skip 'signals: mkfifo fails here'
fi

# ----------------------------------------------------- two at a time

try 'two that write one file: the report of one, whole'
run scan --format=json large.txt
cp "$out" wanted1
run trend --format=json $leaky
cp "$out" wanted2
i=0
while [ $i -lt 10 ]; do
    "$goroleak" scan --format=json --output=place/report large.txt 2>err1 &
    one=$!
    "$goroleak" trend --format=json --output=place/report $leaky 2>err2 &
    two=$!
    wait $one
    is $? 0 'exit status of scan'
    wait $two
    is $? 1 'exit status of trend'
    cmp -s place/report wanted1 || cmp -s place/report wanted2 ||
        fault 'neither report'
    holds_only place report
    i=$((i + 1))
done
cat err1 err2 >"$err"
says_nothing

try 'a reader of the file sees a whole report at any time'
"$goroleak" scan --format=json --output=place/report large.txt
(
    i=0
    while [ $i -lt 20 ]; do
        "$goroleak" scan --format=json --output=place/report large.txt
        i=$((i + 1))
    done
    : >finished
) &
n=0
while [ ! -e finished ]; do
    cp place/report seen
    cmp -s seen wanted1 || fault 'not a whole report'
    n=$((n + 1))
done
wait
[ $n -gt 0 ] || fault 'never looked'

# ------------------------------------------------------ nobody reads on

# Where SIGPIPE is ignored from the start the write fails instead, and that is
# told: exit status 2.
sh -c 'kill -s PIPE $$'
if [ $? -gt 128 ]; then
    for words in 'scan large.txt' 'scan --format=json large.txt' \
        'assert large.txt' 'diff --format=json fixtures/cases/01_plain.txt large.txt'; do
        try "nobody reads on: $words"
        # shellcheck disable=SC2086
        {
            "$goroleak" $words 2>"$err"
            echo $? >status
        } | head -n 1 >first
        is "$(cat status)" "$(sh -c 'kill -s PIPE $$'; echo $?)" 'exit status'
        says_nothing
        [ -s first ] || fault 'no first line'
    done
else
    skip 'nobody reads on: SIGPIPE is ignored here'
fi

try 'nobody reads on, and SIGPIPE is ignored: trouble'
(
    trap '' PIPE
    "$goroleak" scan --format=json large.txt 2>"$err"
    echo $? >status
) | true
status=$(cat status)
exits 2
says 'goroleak: standard output: cannot write: Broken pipe'
says_lines 1

# -------------------------------------------------- inputs that wait

if mkfifo fifo 2>/dev/null; then
    try 'a named pipe is read to its end'
    cat large.txt >fifo &
    run scan fifo
    exits 0
    prints '5998 goroutines'
    wait

    try 'two named pipes, one after the other'
    mkfifo fifo2
    cat fixtures/cases/01_plain.txt >fifo &
    cat fixtures/cases/02_wait_minutes.txt >fifo2 &
    run diff fifo fifo2
    exits 0
    prints '3 -> 3 goroutines'
    wait

    try 'a named pipe in a folder of dumps is left alone'
    mkdir folder
    cp large.txt folder/a.txt
    mkfifo folder/pipe
    (sleep 2 && exec 9<>folder/pipe && sleep 1) &
    run scan --quiet folder
    exits 0
    says_nothing
    wait
else
    skip 'named pipes: mkfifo fails here'
fi

finish
