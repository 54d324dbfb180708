#!/bin/sh
# Counted goroutine profiles: debug=1 text and pprof's protobuf.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

profiles=$PWD/fixtures/profile/go1.27
text=$PWD/fixtures/debug2/waits/go1.27.txt
profile=$PWD/fixtures/profile/go1.27/waits.pb.gz
enter_scratch

# clusters FILE: "signature count" a line, and no more.
clusters() {
    "$goroleak" scan --format=json "$1" |
        sed -n 's/^{"signature":"\([0-9a-f]*\)","count":\([0-9]*\),.*/\1 \2/p' | sort
}

for form in waits goroutineleak; do
    try "$form: text and protobuf have the same stacks"
    clusters "$profiles/$form.txt" >text
    clusters "$profiles/$form.pb.gz" >protobuf
    [ -s text ] || wrong='nothing in it'
    # The goroutine that takes the profile stands elsewhere each time.
    differ=$(comm -3 text protobuf | wc -l)
    [ "$differ" -le 2 ] || wrong="$differ other stacks"
done

try 'what a profile does not tell is null'
run scan --format=json --top 1 "$profiles/waits.pb.gz"
exits 0
prints '"form":"pprof"'
prints '"time":"20'
prints '"state":null,"wait_minutes":null'
prints '"created_by":null,"ids":[]'
prints '"states":{}'

try 'the goroutineleak profile: all are marked'
run scan "$profiles/goroutineleak.txt"
prints 'marked leaked by the runtime'

try 'an unpacked profile, byte by byte through a pipe'
gzip -dc "$profiles/waits.pb.gz" >waits.pb
"$goroleak" scan --format=json waits.pb | tail -n +3 >one
feed waits.pb scan --format=json
tail -n +3 "$out" | cmp -s - one || wrong='other output'

# profile N M: N goroutines in one stack, M in another.
profile() {
    printf 'goroutine profile: total %d\n' $(($1 + $2))
    printf '%d @ 0x1 0x2\n#\t0x1\tmain.leak+0x48\t\t/src/main.go:68\n\n' "$1"
    printf '%d @ 0x3\n# labels: {"job":"a, b"}\n#\t0x3\tmain.pool+0x1\t/src/main.go:9\n\n' "$2"
}

for i in 1 2 3 4 5 6 7 8; do
    profile $((i * 7)) 40 >"2026010${i}T000000Z.txt"
done
try 'a series of them: a leak by its counts'
run trend 2026*.txt
exits 1
prints 'LEAKING'
prints '7 -> 56'
prints 'no goroutine ids'
lacks "$out" 'main.pool'

try 'diff'
run diff 20260101T000000Z.txt 20260108T000000Z.txt
exits 0
prints '+49  grew, 7 -> 56'

try 'assert: what the baseline has is excused by count'
run assert --baseline 20260101T000000Z.txt 20260108T000000Z.txt
exits 1
prints '49 leaked'
lacks "$out" 'main.pool'

try 'a profile beside a text dump: by calls'
run diff --group-by=calls "$text" "$profile"
exits 0
prints '32 -> 32 goroutines: 1 new, 1 gone'
prints 'runtime/pprof.writeRuntimeProfile'
lacks "$out" 'two processes'

try 'labels'
run scan --group-by label:job --format=json 20260108T000000Z.txt
prints '"labels":{"job":{"a, b":40}}'

try 'cut in the middle: counts are lower bounds'
head -n 3 20260108T000000Z.txt >cut.txt
run scan cut.txt
exits 0
prints '56 goroutines'
says 'lower bounds'

try 'without its first line'
tail -n +2 20260108T000000Z.txt >headless.txt
run scan headless.txt
prints '96 goroutines in 2 stacks'

try 'other profiles are none of goroutines'
run scan "$profiles/heap.pb.gz"
exits 2
says 'a heap profile, which --heap judges'
run scan "$profiles/heap.txt"
exits 2
says 'heap profiles, but no goroutine dump'

try 'a damaged one'
head -c 900 waits.pb >damaged.pb
run scan damaged.pb
exits 2
says 'a pprof profile that is damaged or cut'
try 'goroutines that have not begun to run are no damage; a record that is cut is'
printf 'goroutine profile: total 3\n1 @ 0x43a356 0x407bfb\n' >starting.txt
printf '#\t0x43a355\tmain.f+0x1\t/src/main.go:9\n\n2 @ 0x491121\n' >>starting.txt
run scan --format=json starting.txt
is "$(value damaged)" 2 'damaged, without the blank line behind it'
echo >>starting.txt
run scan --format=json starting.txt
exits 0
is "$(value damaged)" 0 damaged
is "$(value goroutines)" 3 goroutines
sed 's/0x491121/0x491121 0x4/' starting.txt >cut.txt
run scan --format=json cut.txt
is "$(value damaged)" 2 'damaged, of two addresses'
finish
