#!/bin/sh
# What assert excuses: each built-in rule with a goroutine that only it
# excuses, rules of the user's own, and the baseline.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

lineage=$PWD/fixtures/assert/tests_parallel.txt
resolver=$PWD/fixtures/assert/resolver.txt
enter_scratch

# stack ID STATE FUNCTION... [by CREATOR]: the first FUNCTION is the innermost.
stack() {
    printf 'goroutine %s [%s]:\n' "$1" "$2"
    shift 2
    while [ $# -gt 0 ] && [ "$1" != by ]; do
        printf '%s(0x1)\n\t/src/some/file.go:7 +0x1d\n' "$1"
        shift
    done
    [ $# -eq 0 ] ||
        printf 'created by %s in goroutine 1\n\t/src/some/file.go:3 +0x2f\n' "$2"
    echo
}

# ------------------------------------------------------- built-in rules

ginkgo=github.com/onsi/ginkgo/v2/internal

# dump_for RULE: a goroutine that RULE excuses; $besides names the other rules
# that do so too, as theirs is a wider net.
dump_for() {
    besides=''
    case $1 in
    main) stack 1 sleep time.Sleep main.main ;;
    observer) stack 7 running main.dump main.handler by net/http.Serve ;;
    observer-connection)
        besides=observer
        stack 7 running main.dump main.handler by net/http.Serve
        printf 'goroutine 8 [IO wait]:\ninternal/poll.runtime_pollWait(0x1)\n'
        printf '\t/go/src/runtime/netpoll.go:1 +0x1\n'
        printf 'net/http.(*connReader).backgroundRead(0x1)\n'
        printf '\t/go/src/net/http/server.go:1 +0x1\ncreated by '
        printf 'net/http.(*connReader).startBackgroundRead in goroutine 7\n'
        printf '\t/go/src/net/http/server.go:2 +0x1\n\n'
        ;;
    runtime) stack 3 'GC sweep wait' runtime.gopark runtime.bgsweep \
        by runtime.gcenable ;;
    testing) stack 7 'chan receive' 'testing.(*T).Parallel' main.TestX \
        by 'main.start' ;;
    testing-main) stack 7 'select' main.wait 'testing.(*T).Run' main.TestX ;;
    signal) stack 7 syscall os/signal.signal_recv os/signal.loop \
        by os/signal.Notify.func1.1 ;;
    signal-mask)
        besides=runtime
        stack 7 'select, locked to thread' runtime.gopark runtime.selectgo \
            runtime.ensureSigM.func1 runtime.goexit by runtime.ensureSigM
        ;;
    trace) stack 7 'trace reader (blocked)' runtime.ReadTrace \
        runtime/trace.Start.func1 by runtime/trace.Start ;;
    syscall-exit)
        besides=goexit
        stack 17 'syscall, locked to thread' runtime.goexit by main.cgo
        ;;
    goexit) stack 7 runnable runtime.goexit by main.spawn ;;
    starting) printf 'goroutine profile: total 1\n1 @ 0x4911a1\n\n' ;;
    resolver) stack 7 'IO wait' net.dnsPacketRoundTrip \
        by 'net.(*Resolver).goLookupIPCNAMEOrder.func3' ;;
    http-keepalive) stack 7 select 'net/http.(*persistConn).writeLoop' \
        by 'net/http.(*Transport).dialConn' ;;
    scavenger)
        besides=runtime
        stack 4 sleep runtime.gopark runtime.MHeap_Scavenger by runtime.main
        ;;
    mcall) stack 7 syscall my_runtime_mcall main.f by main.g ;;
    leaktest) stack 7 'chan receive' \
        github.com/fortytw2/leaktest.interestingGoroutines main.f by main.g ;;
    sigterm) stack 7 'chan receive' example.com/sigterm.handler by main.g ;;
    ginkgo) stack 7 'chan receive' "$ginkgo.(*Suite).runNode" by main.g ;;
    ginkgo-interrupt) stack 7 select \
        "$ginkgo/interrupt_handler.(*InterruptHandler).registerForInterrupts.func2" \
        by main.g ;;
    ginkgo-output) stack 7 'IO wait' main.copy \
        by "$ginkgo.(*genericOutputInterceptor).ResumeIntercepting" ;;
    ginkgo-progress) stack 7 'chan receive' main.f \
        by "$ginkgo.RegisterForProgressSignal" ;;
    any-readloop) stack 7 'IO wait' main.read 'example.com/mq.(*Conn).readLoop' \
        by example.com/mq.Dial ;;
    no-stack) printf 'goroutine 7 [select]:\n\n' ;;
    *) return 1 ;;
    esac
}

run assert --list-rules
cp "$out" rules
try '--list-rules: a line for each'
exits 0
says_nothing
! grep -v '^o[nf][f ]  [a-z][a-z-]* .* (.*)$' rules || fault 'odd lines'
is "$(awk '{ print $2 }' rules | sort | uniq -d)" '' 'names listed twice'
[ "$(wc -l <rules)" -ge 20 ] || fault 'few rules'

try '--list-rules: what the other options switch'
run assert --no-rule=main --rule=no-stack --list-rules
has "$out" "$(printf 'off  main ')"
grep -q '^on   no-stack' "$out" || fault 'no-stack is off'
grep -q '^on   runtime' "$out" || fault 'runtime is off'

while read -r state rule _; do
    try "rule $rule, $state by default"
    if ! dump_for "$rule" >dump; then
        fault 'no goroutine to try it with'
        continue
    fi
    [ "$rule" = main ] || main_goroutine >>dump
    off=
    case $rule in syscall-exit | signal-mask | scavenger)
        off=--no-rule=$besides ;;
    esac
    run assert --format=json $off "--no-rule=$rule" dump
    exits 1
    is "$(grep -c '^{"signature"' "$out")" 1 'leaks with the rule off'
    prints '"count":1,'
    run assert --format=json $off "--rule=$rule" dump
    exits 0
    prints '"leaks":[]'
    run assert --quiet $off dump
    if [ "$state" = on ]; then exits 0; else exits 1; fi
done <rules

try 'rules that are off again, on again: the last word counts'
dump_for main >dump
run assert --quiet --no-rule=main --rule=main dump
exits 0
run assert --quiet --rule=main --no-rule=main dump
exits 1

# What the rules must not excuse though it looks alike.
# leaks WORDS...: stack's arguments make a leak.
leaks() {
    try "not excused: $*"
    { main_goroutine; stack "$@"; } >dump
    run assert --format=json dump
    exits 1
    is "$(grep -c '^{"signature"' "$out")" 1 leaks
}

leaks 7 running main.spin by main.g
leaks 7 'chan receive' mytesting.RunTests by main.g
leaks 7 'select' example.com/os/signal.loop by main.g
leaks 7 'select' 'example.com/net/http.(*persistConn).readLoop' by main.g
leaks 7 'chan receive' main.readLoop by main.g
leaks 7 'IO wait' net.dnsPacketRoundTrip by 'example.com/net.(*Resolver).look'
leaks 7 'chan receive' runtime.gopark main.f by main.g
leaks 7 'select' runtime.gopark by main.g
leaks 7 'select (no cases)' main.main.func1 by main.main
leaks 12 sleep time.Sleep main.f by main.main

try 'a lookup in Go, of a real process: who asked leaks, not who looks it up'
run assert --format=json "$resolver"
exits 1
is "$(value ignored)" 3 ignored
is "$(grep -o '"ids":[^]]*' "$out")" '"ids":[21' leaks
run assert --format=json --no-rule=resolver "$resolver"
is "$(grep -c '^{"signature"' "$out")" 2 'stacks without the rule'

try 'a profile by HTTP: the connection that asked for it is no leak'
{
    printf 'goroutine profile: total 3\n'
    printf '1 @ 0x1 0x2\n#\t0x1\truntime/pprof.writeRuntimeProfile+0xb0\t/go/pprof.go:851\n'
    printf '#\t0x2\tnet/http.(*conn).serve+0x68f\t/go/server.go:2067\n\n'
    printf '1 @ 0x3 0x4\n#\t0x3\tnet.(*conn).Read+0x1\t/go/net.go:196\n'
    printf '#\t0x4\tnet/http.(*connReader).backgroundRead+0x1\t/go/server.go:702\n\n'
    printf '1 @ 0x5\n#\t0x5\truntime.main+0x1\t/go/proc.go:290\n\n'
} >profile.txt
run assert profile.txt
exits 0
run assert --no-rule=observer-connection profile.txt
exits 1
prints 'leaked: 1 goroutine'

try 'goroutine 1 and the observer are not excused twice over'
{ stack 7 running main.dump by main.g; stack 8 running main.spin by main.g; } >dump
run assert --format=json dump
exits 1
is "$(value ignored)" 1 ignored
is "$(grep -c '^{"signature"' "$out")" 1 leaks
prints '"ids":[8]'

try 'a connection reader of another connection is no observer'
{
    stack 7 running main.dump by net/http.Serve
    printf 'goroutine 9 [IO wait]:\nnet/http.(*connReader).backgroundRead(0x1)\n'
    printf '\t/go/src/net/http/server.go:1 +0x1\ncreated by '
    printf 'net/http.(*connReader).startBackgroundRead in goroutine 6\n'
    printf '\t/go/src/net/http/server.go:2 +0x1\n\n'
} >dump
run assert --format=json dump
exits 1
prints '"ids":[9]'

# -------------------------------------------------- rules of one's own

{
    main_goroutine
    stack 5 'chan receive' main.a main.run by main.start
    stack 6 'select' main.b main.run by main.begin
    stack 7 'IO wait' net.read main.c by main.start
    printf 'goroutine 8 [sleep] {job: nightly}:\nmain.d()\n'
    printf '\t/src/odd/place.go:7 +0x1d\n\n'
} >five.txt

# left WANT ARG...: the ids of what is left with these options.
left() {
    want=$1
    shift
    run assert --format=json "$@" five.txt
    is "$(grep -o '"ids":\[[0-9,]*' "$out" | sed 's/.*\[//' | sort -n |
        tr '\n' ' ')" "$want" "$*"
    if [ -n "$want" ]; then exits 1; else exits 0; fi
}

try '--ignore and --only: KIND'
left '5 6 7 8 '
left '6 7 8 ' --ignore=top:main.a
left '7 8 ' --ignore=any:main.run
left '6 8 ' --ignore=creator:main.start
left '5 7 8 ' --ignore=state:select
left '5 6 7 ' --ignore=file:odd/place
left '5 6 7 ' --ignore=label:job=nightly
left '5 ' --only=top:main.a
left '5 6 ' --only=any:main.run
left '5 7 ' --only=creator:main.start
left '8 ' --only=file:odd/
left '8 ' --only=label:job
run scan --format=json --only=top:main.a five.txt
signature=$(value signature | tr -d '"')
left '6 7 8 ' "--ignore=signature:$signature"
left '5 ' "--only=signature:^$(echo "$signature" | cut -c1-12)"

try '--ignore and --only: patterns and exact text'
left '6 7 8 ' '--ignore=top:^main\.a$'
left '5 6 7 8 ' --ignore=top:ain.A
left '6 7 8 ' '--ignore=top:(?i)MAIN\.A'
left '6 7 8 ' --ignore=top:=main.a
left '5 6 7 8 ' --ignore=top:=main
left '5 6 7 8 ' '--ignore=top:=main.*'
left '5 6 7 ' '--ignore=label:=job=nightly'

try '--ignore and --only: several'
left '8 ' --ignore=top:main.a --ignore=top:main.b --ignore=top:net
left '5 6 ' --only=top:main.a --only=top:main.b
left '6 ' --only=any:main.run --ignore=top:main.a
left '' --only=top:nothing

try '--only does not switch the built-in rules off'
left '' --only=top:time.Sleep

try '--min-wait: those that wait for less are no leak'
{
    main_goroutine
    stack 5 'select, 10 minutes' main.a by main.g
    stack 6 'select, 9 minutes' main.a by main.g
    stack 7 'select' main.a by main.g
} >waiting.txt
for value in 10m 600s 571s; do
    run assert --format=json --min-wait=$value waiting.txt
    exits 1
    prints '"ids":[5]'
done
for value in 11m 1h 1d 601s; do
    run assert --quiet --min-wait=$value waiting.txt
    exits 0
done

# --------------------------------------------------------- the baseline

{ main_goroutine; goroutines 10 3 select main.pool
  goroutines 20 1 'IO wait' main.conn; } >before.txt

try 'baseline, same process: the same goroutines are excused'
{ main_goroutine; goroutines 10 3 select main.pool
  goroutines 20 1 'IO wait' main.conn; } >after.txt
run assert --format=json --baseline=before.txt after.txt
exits 0
is "$(value in_baseline)" 4 in_baseline
run assert --baseline=before.txt after.txt
exits 0
prints 'no leak'
prints '4 in the baseline'

try 'baseline, same process: others of the same stack are leaks'
{ main_goroutine; goroutines 11 2 select main.pool
  goroutines 40 3 select main.pool; goroutines 20 1 'IO wait' main.conn; } \
    >after.txt
run assert --format=json --baseline=before.txt after.txt
exits 1
is "$(value in_baseline)" 3 in_baseline
prints '"count":3,'
prints '"ids":[40,41,42]'

try 'baseline, same process: the waits of those it excuses are not told of others'
{ main_goroutine; goroutines 10 3 'select, 9 minutes' main.pool
  goroutines 40 2 select main.pool; goroutines 20 1 'IO wait' main.conn; } \
    >after.txt
run assert --baseline=before.txt after.txt
exits 1
prints '2 leaked  select  #'

try 'baseline, same process: as many, but not the same ones'
{ main_goroutine; goroutines 10 2 select main.pool
  goroutines 40 1 select main.pool; goroutines 20 1 'IO wait' main.conn; } \
    >after.txt
run assert --format=json --baseline=before.txt after.txt
exits 1
prints '"ids":[40]'

try 'baseline, same process: a known goroutine in another place'
{ main_goroutine; goroutines 10 1 'chan receive' main.elsewhere
  goroutines 11 2 select main.pool; goroutines 20 1 'IO wait' main.conn; } \
    >after.txt
run assert --format=json --baseline=before.txt after.txt
exits 0
is "$(value in_baseline)" 4 in_baseline

try 'baseline, another process: as many of each stack are excused'
goroutines 9000 12 select main.pool >before.txt
{ goroutines 10 12 select main.pool; goroutines 40 2 'IO wait' main.conn; } \
    >after.txt
run assert --format=json --other-process --baseline=before.txt after.txt
exits 1
is "$(value in_baseline)" 12 in_baseline
is "$(grep -c '^{"signature"' "$out")" 1 leaks
prints '"count":2,'

try 'baseline, another process: the report says so'
run assert --other-process --baseline=before.txt after.txt
prints '12 in the baseline, which is of another process'
says_nothing
run assert --quiet --baseline=before.txt after.txt
exits 2
says 'before.txt is of another run of the program than the dump; with --other-process'

try 'baseline, another program'
{ goroutines 9000 12 select example.com/other/pool.run; } >other.txt
goroutines 10 12 select example.com/app/pool.run >app.txt
run assert --baseline=other.txt app.txt
exits 2
says 'the baseline is of another program'
prints_nothing
goroutines 10 2 'IO wait' net/http.serve >library.txt
run assert --baseline=library.txt app.txt
exits 1
{ goroutines 9000 12 select main.pool; } >before.txt

try 'baseline, another process: those above the count are leaks'
goroutines 10 15 select main.pool >after.txt
run assert --other-process --format=json --baseline=before.txt after.txt
exits 1
is "$(value in_baseline)" 12 in_baseline
prints '"count":3,'

try 'baseline, another process: fewer than before'
goroutines 10 5 select main.pool >after.txt
run assert --other-process --format=json --baseline=before.txt after.txt
exits 0
is "$(value in_baseline)" 5 in_baseline

# Of 60 runs around a small server 12 were told to be of another run of it.
try 'baseline, a few goroutines: a newer one may have a lower id'
{ main_goroutine; goroutine 35 'IO wait' main.conn
  goroutine 50 running main.conn; } >few.txt
{ main_goroutine; goroutine 36 running main.conn; } >after.txt
run assert --baseline=few.txt --ignore=state:active after.txt
says_nothing
lacks "$out" 'another process'

try 'baseline, same process: those that ended excuse no new ones'
{ main_goroutine; goroutines 40 10 select main.pool; } >ended.txt
{ main_goroutine; goroutines 60 10 select main.pool; } >after.txt
run assert --baseline=ended.txt after.txt
exits 1
prints 'leaked: 10 goroutines'
says_nothing

try 'baseline: its goroutines are no leaks of the dump'
main_goroutine >after.txt
run assert --other-process --baseline=before.txt after.txt
exits 0
prints 'after.txt'

try 'baseline: on standard input'
goroutines 10 3 select main.pool >after.txt
shell 'cat after.txt | goroleak assert --quiet --baseline=- after.txt'
exits 0
shell 'cat after.txt | goroleak assert --quiet --baseline=after.txt -'
exits 0
shell 'cat after.txt | goroleak assert --quiet --baseline=after.txt'
exits 0

# Real dumps: of one process, of two runs, of two builds, of two programs.
real=$PWD/fixtures
waits=$real/debug2/waits

try 'real dumps, same process'
run assert --baseline="$real/server/before.txt" "$real/server/after.txt"
exits 1
prints '1 in the baseline'
lacks "$out" 'another'
says_nothing

try 'real dumps, another run'
run assert --baseline="$waits/go1.27.txt" "$real/debug2/waits_minutes/go1.27.txt"
exits 2
prints_nothing
says 'is of another run of the program'
says_lines 1
run assert --other-process --baseline="$waits/go1.27.txt" \
    "$real/debug2/waits_minutes/go1.27.txt"
exits 0
prints ', which is of another process'
says_nothing

try 'real dumps, another build: lines that changed'
run assert --baseline="$waits/go1.26.txt" "$waits/go1.27.txt"
exits 2
prints_nothing
says 'go1.26.txt is of another build of the program'
says '--group-by=function'
says_lines 1
run assert --other-process --baseline="$waits/go1.26.txt" "$waits/go1.27.txt"
exits 1
prints ', which is of another build'
says_nothing

try 'a profile tells no process, so that none is another'
run assert --baseline="$real/profile/go1.27/waits.pb.gz" "$waits/go1.27.txt"
lacks "$err" 'another'

try 'real dumps, another build: without lines'
run assert --other-process --baseline="$waits/go1.26.txt" --group-by=function \
    "$waits/go1.27.txt"
excused=$(sed -n 's/.*, \([0-9]*\) in the baseline.*/\1/p' "$out")
run assert --other-process --baseline="$waits/go1.26.txt" "$waits/go1.27.txt"
[ "${excused:-0}" -gt "$(sed -n 's/.*, \([0-9]*\) in the baseline.*/\1/p' "$out")" ] ||
    fault 'no more are excused'

# Some of these pairs share ids, and all of them frames of the standard library.
for pair in 'debug2/cgo/go1.27 leaks/ncast.leak' 'server/after debug2/waits/go1.27' \
    'parity/standard series/leaky/20261123T062012Z' \
    'leaks/ncast.leak assert/tests_parallel' 'parity/after server/after'; do
    try "real dumps, another program: $pair"
    run assert --baseline="$real/${pair% *}.txt" "$real/${pair#* }.txt"
    exits 2
    says 'the baseline is of another program'
    says_lines 1
    prints_nothing
done

try 'the same program, no code in common: main tells'
{ main_goroutine; goroutines 10 2 select example.com/app/old.run; } >old.txt
{ main_goroutine; goroutines 90 2 select example.com/app/new.run; } >new.txt
run assert --baseline=old.txt new.txt
exits 1
sed 's|/src/app/main.go|/src/other/main.go|' new.txt >other.txt
run assert --baseline=old.txt other.txt
exits 2
says 'the baseline is of another program'

try 'a name that begins like main.main is code of its own'
goroutines 10 2 select main.mainloop >loop.txt
goroutines 10 2 select main.other >other.txt
run assert --baseline=loop.txt other.txt
exits 2

try 'ids that began elsewhere are of another process'
goroutines 10 3 select main.pool >before.txt
sed 's/main.go:9 /main.go:11 /' before.txt >after.txt
run assert --baseline=before.txt after.txt
exits 2
says 'another build'
run assert --format=json --other-process --baseline=before.txt after.txt
exits 1
is "$(value in_baseline)" 0 in_baseline

try 'a profile has no ids, and no process to be told'
profile=$real/profile/go1.27/waits.txt
run assert --baseline="$profile" "$profile"
exits 0
prints 'in the baseline'
lacks "$out" 'another'
says_nothing

# ------------------------------------------------- several dumps, groups

try 'of several dumps the last one counts'
{ goroutines 10 3 select main.pool; main_goroutine; } >later.txt
cat later.txt >two.txt
main_goroutine >>two.txt
run assert --format=json --dump-separator='^goroutine 1 ' later.txt
exits 0
is "$(value index)" 1 index

try '--group-by: leaks in coarser groups'
run assert --format=json --group-by=state five.txt
exits 1
is "$(grep -c '^{"signature"' "$out")" 4 groups
run assert --format=json --group-by=creator five.txt
exits 1
is "$(grep -c '^{"signature"' "$out")" 3 groups

try '--top and --min-count hide leaks, and change no exit status'
run assert --top=1 five.txt
exits 1
is "$(grep -c ' leaked  ' "$out")" 1 'leaks shown'
run assert --min-count=2 five.txt
exits 1

# ------------------------------------------------------------ cut dumps

printf 'goroutine 1 [chan send]:\nmain.main()\n\t/s/a.go:7 +0x1\n\ngoroutine 9 [sele' >cut.txt
try 'a dump that is cut cannot pass'
run assert cut.txt
exits 2
says 'assert: cut.txt is cut off: no leak in what is there, but the rest was not seen'

try 'but it can fail'
printf 'goroutine 1 [chan send]:\nmain.main()\n\t/s/a.go:7 +0x1\n\ngoroutine 9 [select]:\nmain.work()\n\t/s/a.go:9 +0x1\n\ngoroutine 12 [sele' >cut.txt
run assert cut.txt
exits 1

# ------------------------------------------------------- which test leaked it

try 'the test that leaked it, over creators and with t.Parallel'
run assert "$lineage"
exits 1
# Each leak below the heading of its test: TEST: STATE.
sed -n -e 's/^from /from /p' -e 's/^[0-9]* leaked  \(.*\)  #.*/\1/p' "$out" >grouped
is "$(tr '\n' ';' <grouped)" 'from example.com/cart.TestAdd;chan receive;select (no cases);sleep;from example.com/cart.TestDel;chan receive;from example.com/cart.TestOver;select (no cases);' groups
{ cat "$lineage"; goroutine 9000 sleep main.stray; } >stray.txt
run assert stray.txt
is "$(sed -n '/^from no test that is known/,$s/.*leaked  \(.*\)  #.*/\1/p' "$out")" \
    sleep 'those of no test, last'
run assert --format=json "$lineage"
is "$(grep -c '"tests":\[{"test":"example.com/cart.TestAdd","count":2}\]' \
    "$out")" 2 json

try 'TestMain is no test: all tests descend from it'
{
    printf 'goroutine 1 [chan receive]:\ntesting.(*M).Run(...)\n\t/t.go:1\n'
    printf 'm.TestMain(...)\n\t/m_test.go:9\nmain.main()\n\t/main.go:3\n\n'
    printf 'goroutine 7 [select]:\nm.f(...)\n\t/m.go:2\n'
    printf 'created by m.g in goroutine 1\n\t/m.go:3\n\n'
} >main.txt
run assert main.txt
exits 1
lacks "$out" 'from m.TestMain'

try 'lineage of crafted dumps: circles, several tests, odd bytes'
{
    for n in 2 3 4 5; do
        test=$((n % 2))
        printf 'goroutine %d [running]:\nm.Test%d(...)\n' $((n + 10)) $test
        printf '\t/m_test.go:1\ntesting.tRunner(...)\n\t/t.go:1\n\n'
        printf 'goroutine %d [select]:\nm.f(...)\n\t/m.go:2\n' "$n"
        printf 'created by m.g in goroutine %d\n\t/m.go:3\n\n' $((n + 10))
    done
    printf 'goroutine 8 [select]:\nm.f(...)\n\t/m.go:2\n'
    printf 'created by m.g in goroutine 9\n\t/m.go:3\n\n'
    printf 'goroutine 9 [select]:\nm.f(...)\n\t/m.go:2\n'
    printf 'created by m.g in goroutine 8\n\t/m.go:3\n\n'
    printf 'goroutine 20 [select]:\nm.Test\377\033[1m(...)\n\t/m_test.go:2\n'
} >circle.txt
run assert --only=state:select circle.txt
exits 1
prints '  from m.Test0 (2), m.Test1 (2)'
harmless "$out"
run assert --format=json --only=state:select circle.txt
exits 1
run assert --baseline=circle.txt circle.txt
exits 0

finish
