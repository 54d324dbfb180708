#!/bin/sh
# Time to end: assert --settle, --exec, and run around a test command.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

enter_scratch
mkdir site
main_goroutine >clean.txt
{ main_goroutine; goroutines 10 3 select main.work; } >leaky.txt
{ main_goroutine; goroutines 10 4 select main.work; } >worse.txt
printf 'HTTP/1.1 200 OK\r\n\r\n' >ok
for name in clean leaky worse; do
    cat ok $name.txt >$name
done

# now_is NAME: what the server answers from here on.
now_is() {
    cp "$1" site/.next
    mv site/.next site/dump
}

now_is leaky
serve site
url=$served/dump

try 'goroutines that end in time are no leak'
{ sleep 0.3; now_is clean; } &
run assert --settle 20s "$url"
exits 0
prints 'no leak'
[ "$(grep -c GET site/requests)" -gt 2 ] || wrong='asked but once'

try 'those that stay are'
now_is leaky
run assert --settle 200ms "$url"
exits 1
prints 'leaked: 3 goroutines'

try 'the last dump counts'
{ sleep 0.2; now_is worse; } &
run assert --settle 2s "$url"
exits 1
prints 'leaked: 4 goroutines'

try 'a server that is gone meanwhile'
{ sleep 0.2; rm site/dump; } &
run assert --settle 20s "$url"
exits 2
says 'status: 404'
says 'could be asked before: did the process die meanwhile?'

try '--exec: what a command prints'
run assert --exec 'cat clean.txt'
exits 0
run assert --exec 'cat leaky.txt' --settle 100ms
exits 1
prints '--exec  4 goroutines'
run assert --exec 'cat leaky.txt; exit 3'
exits 2
says '--exec: the command exits with 3'
run assert --exec 'kill -9 $$'
exits 2
says 'killed by signal 9'
run assert --exec 'echo nothing'
exits 2
says '--exec: no goroutine in it'
run assert --exec 'cat clean.txt' clean.txt
exits 2

try '--exec: no longer than --timeout'
run assert --timeout 1s --exec 'sleep 100'
exits 2
says '--exec: takes longer than --timeout gives it'
run assert --timeout 1s --exec 'cat clean.txt; exec >&-; exec sleep 10'
exits 2
says '--exec: takes longer'
run assert --timeout 1s --exec 'cat clean.txt; sleep 10 &'
exits 2
says '--exec: takes longer'

try '--settle on a file makes no sense'
run assert --settle 1s clean.txt
exits 2
says 'needs a URL or --exec'
for bad in x -1s 1y ''; do
    run assert --settle "$bad" "$url"
    exits 2
done

try 'run: a command that passes, and nothing leaked'
now_is clean
run run --pprof "$url" -- true
exits 0
prints 'no leak'

try 'run: what it leaks'
run run --pprof "$url" --before --settle 100ms -- sh -c 'cat ok leaky.txt >site/dump'
exits 1
prints 'leaked: 3 goroutines'

try 'run: what was there before is excused'
run run --pprof "$url" --before --settle 100ms -- true
exits 0
prints '3 in the baseline'
run run --pprof "$url" --settle 100ms -- true
exits 1

try 'run: a server that was restarted meanwhile'
{ cat ok; main_goroutine; goroutines 9000 12 select main.pool; } >site/dump
{ cat ok; main_goroutine; goroutines 10 12 select main.pool; } >young
run run --pprof "$url" --before --settle 0 -- cp young site/dump
exits 2
says 'was restarted meanwhile: what leaked before that is not seen'
prints_nothing
{ cat ok; main_goroutine; goroutines 9000 12 select main.pool; } >site/dump
run run --pprof "$url" --before --settle 0 --other-process -- cp young site/dump
exits 0
says_nothing
now_is leaky

try 'run: a command that fails decides'
# passes_on N COMMAND...: its exit status N is ours.
passes_on() {
    want=$1
    shift
    "$goroleak" run --pprof "$url" -- "$@" >"$out" 2>"$err"
    status=$?
    exits "$want"
}
passes_on 7 sh -c 'exit 7'
# shellcheck disable=SC2016 # the inner shell expands
passes_on 143 sh -c 'kill -TERM $$'
passes_on 127 ./no-such-command
says 'run: ./no-such-command: No such file'
: >no-program
passes_on 126 ./no-program
says 'run: ./no-program: Permission denied'

try 'run: --on-failure tells of leaks after a command that fails'
now_is leaky
run run --pprof "$url" -- sh -c 'exit 2'
exits 2
prints_nothing
run run --pprof "$url" --settle 0 --on-failure -- sh -c 'exit 2'
exits 2
prints 'leaked: 3 goroutines'
passes_on 7 sh -c 'exit 7'

try 'run: --settle=0 takes one dump'
: >site/requests
run run --pprof "$url" --settle 0 -- true
exits 1
is "$(grep -c GET site/requests)" 1 'dumps'

try 'run: begun by who ignores SIGCHLD'
if command -v perl >/dev/null; then
    # shellcheck disable=SC2016 # perl expands
    timeout 30 perl -e '$SIG{CHLD} = "IGNORE"; exec @ARGV' \
        "$goroleak" run --pprof "$url" -- sh -c 'exit 6' >"$out" 2>"$err"
    is $? 6 'exit status'
    perl -e '$SIG{CHLD} = "IGNORE"; exec @ARGV' \
        "$goroleak" assert --exec 'cat clean.txt' >"$out" 2>"$err"
    is $? 0 'exit status of assert --exec'
else
    skip 'SIGCHLD: no perl'
fi

try 'run: options behind the command are its own'
run run --pprof "$url" --settle 10ms --max 'top:work=3' sh -c 'exit $#' -- --settle
exits 1

try 'run: a signal reaches the command'
for name in TERM HUP USR1 USR2; do
    rm -f started
    "$goroleak" run --pprof "$url" -- \
        sh -c 'trap "exit 9" '$name'; : >started; while :; do sleep 0.05; done' >"$out" 2>"$err" &
    running=$!
    tries=0
    while [ ! -e started ] && [ $tries -lt 100 ]; do
        sleep 0.05
        tries=$((tries + 1))
    done
    kill -$name $running
    wait $running
    is $? 9 "exit status after SIG$name"
done

try 'run: a server that cannot be asked'
run run --pprof http://127.0.0.1:1/ -- true
exits 2
lacks "$err" 'before'
run run -- true
exits 2
says 'needs --pprof URL and a command'
run run --pprof "$url"
exits 2
for path in clean.txt "${url#http://}"; do
    run run --pprof "$path" -- touch ran
    exits 2
    says "--pprof takes a URL such as http://localhost:6060, not '$path'"
done
[ ! -e ran ] || fault 'the command has run'
finish
