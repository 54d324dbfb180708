#!/bin/sh
# Heap profiles: the memory of a process beside its goroutines, and which stacks
# it is that hold more and more of it.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

memory=$PWD/fixtures/memory
enter_scratch
mkdir both
cp "$memory"/*.txt both/

# clusters FILE: "signature count" a line, and no more.
clusters() {
    "$goroleak" scan --heap --format=json "$1" |
        sed -n 's/^{"signature":"\([0-9a-f]*\)","count":\([0-9]*\),.*/\1 \2/p' | sort
}

try 'memory stands beside the goroutines of the same name'
run trend both
exits 1
prints 'memory: heap 9.6 MiB -> 33 MiB, stacks 288 KiB -> 384 KiB, from the system 20 MiB -> 40 MiB, 4 -> 18 collections'
prints 'memory grew 23 MiB while this stack grew; goroutine stacks account for 96 KiB of it'
prints 'LEAKING  +5 per dump  5 -> 40'
says_nothing

try 'whatever order they come in'
"$goroleak" trend both >first
run trend --order=name both/*_heap.txt both/*_goroutine.txt
prints 'memory grew'
grep memory "$out" >second
grep memory first | cmp -s - second || wrong='not the same memory'

try 'and in the same file, before or behind'
for i in 00 03 07; do
    cat both/${i}_goroutine.txt both/${i}_heap.txt >behind$i.txt
    { cat both/${i}_heap.txt; echo; cat both/${i}_goroutine.txt; } >before$i.txt
done
run trend behind*.txt
prints 'memory grew'
cp "$out" behind.out
run trend before*.txt
prints 'memory grew'
cmp -s "$out" behind.out || wrong='not the same'

try 'in JSON, a member of the dump; null without'
run trend --format=json both
prints '"memory":{"heap_inuse":34447360,"stack_inuse":393216,"sys":41785608,"num_gc":18}'
run trend --format=json both/*_goroutine.txt
prints '"memory":null'
lacks "$out" '"memory":{'

try 'a restart begins the memory anew'
sed 's/^# NumGC = .*/# NumGC = 1/' both/07_heap.txt >both/08_heap.txt
cp both/07_goroutine.txt both/08_goroutine.txt
run trend both
lacks "$out" 'memory'
rm both/08_*

try 'snapshots keep it'
"$goroleak" scan --format=snapshot both >snapshots.ndjson
run trend snapshots.ndjson
prints 'memory grew'

try 'histories keep it'
run record --history h.db both
exits 0
run trend --history h.db
prints 'memory grew'
"$goroleak" history --history h.db export >exported.ndjson
run trend exported.ndjson
prints 'memory grew'

try '--heap: the stacks whose bytes rise, by the same judge'
run trend --heap both
exits 1
prints 'LEAKING  +3.2 MiB per dump  3.8 MiB -> 24 MiB'
prints 'main.remember  main.go:21   <- allocated here'
lacks "$out" 'main.fill'
lacks "$out" 'goroutine ids'
run trend --heap --all both
prints 'in use  main.fill  main.go'

try '--heap: text and protobuf have the same stacks and bytes'
clusters both/07_heap.txt >text
clusters "$memory/07_heap.pb.gz" >protobuf
[ -s text ] || wrong='nothing in it'
cmp -s text protobuf || wrong='they differ'

try '--heap: diff'
run diff --heap both/00_heap.txt both/07_heap.txt
exits 0
prints '+20 MiB  grew, 3.8 MiB -> 24 MiB  in use'

try 'one kind without the other'
run scan both/00_heap.txt
exits 2
says 'heap profiles, but no goroutine dump'
run scan --heap both/00_goroutine.txt
exits 2
says 'goroutine dumps, but no heap profile'
run scan --heap fixtures/leaks
exits 2
says 'no file in this folder holds a heap profile'
run scan "$memory/07_heap.pb.gz"
exits 2
says 'a heap profile, which --heap judges'

try 'a profile that is cut'
head -c 2000 both/07_heap.txt >cut.txt
run scan --heap cut.txt
exits 0
prints 'cut off'
run scan cut.txt
exits 2
says 'no goroutine in it: a heap profile'

try 'numbers out of range'
sed 's/^1: [0-9]* \[/1: 99999999999999999999 [/; s/^# Sys = .*/# Sys = 99999999999999999999/' \
    both/07_heap.txt >large.txt
run scan --heap large.txt
exits 0
run trend both/00_goroutine.txt both/00_heap.txt both/07_goroutine.txt large.txt
lacks "$out" 'memory'

try 'a first line without its rate is none, and says nothing of what follows'
{ printf 'heap profile: 1: 2 [3: 4] @ heap/x\n\n' && cat both/00_goroutine.txt; } >rate.txt
run scan rate.txt
exits 0
prints 'debug2, 6 goroutines'

try '--heap of a history, which has none'
run trend --heap --history h.db
exits 2
says 'has no heap profile for --heap'

try 'a record of nothing ends the one before'
printf 'goroutine profile: total 1\n1 @ 0x43a356\n#\t0x43a355\tmain.f+0x35\t/m.go:10\n0 @ 0x43a357\n#\t0x43a356\tmain.g+0x35\t/m.go:11\n' >zero.txt
run scan --format=json zero.txt
prints '"function":"main.f"'
lacks "$out" main.g

try 'profiles that other allocators write are none'
printf 'heap profile:   3:  1024 [ 10:  2048] @ heapprofile\n1: 512 [2: 1024] @ 0x43a356\n' >other.txt
run scan --heap other.txt
exits 2
run scan other.txt
exits 2

finish
