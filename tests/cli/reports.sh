#!/bin/sh
# Reports of other tools, with goroutines in them or without.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

enter_scratch
deadlock=fixtures/deadlock

try 'go-deadlock: the goroutine that holds the lock'
run scan --format=json $deadlock/timeout.txt
exits 0
says_nothing
prints '"form":"go-deadlock","goroutines":1,'
prints '"state":"sync.Mutex.Lock"'

try 'go-deadlock: all of its goroutines, each once'
run scan --format=json $deadlock/all.txt
exits 0
prints '"form":"go-deadlock","goroutines":4,'
prints '"repeated":1,'

try 'go-deadlock: reports one behind the other, in a log as well'
cat $deadlock/timeout.txt $deadlock/all.txt $deadlock/order.txt \
    $deadlock/all.txt >three.txt
sed 's/^/Nov 27 10:00:01 host app[12]: /' three.txt >three.log
for file in three.txt three.log; do
    run scan $file
    exits 0
    prints '9 goroutines in 4 stacks from 3 dumps'
    prints "$file  go-deadlock, 1 goroutine"
    prints "$file #2  go-deadlock, 4 goroutines"
    prints "$file #3  go-deadlock, 4 goroutines"
done

try 'a dump behind such a report is one of its own'
cat $deadlock/all.txt >then.txt
sed '1,/^All current/d' $deadlock/all.txt >>then.txt
run scan then.txt
exits 0
prints 'then.txt  go-deadlock, 4 goroutines'
prints 'then.txt #2  debug2, 4 goroutines'

try 'words before other dumps do not join them'
dump=fixtures/series/leaky/20261123T062012Z.txt
{ for _ in 1 2; do echo 'All current goroutines:'; cat $dump; done; } >two.txt
run scan two.txt
prints '52 goroutines in 10 stacks from 2 dumps'

try 'go-deadlock: no goroutine, only places'
run scan $deadlock/order.txt
exits 2
says "$deadlock/order.txt: no goroutine in it: a go-deadlock report, which tells who took which lock and has no goroutine's stack"

try 'Delve: goroutines with their stacks'
run scan --format=json fixtures/delve/stacks.txt
exits 0
says_nothing
prints '"form":"delve","goroutines":8,'
prints '"skipped_lines":0'
prints '"state":"GOMAXPROCS updater (idle)"'
prints '"ids":[5,6]'
prints '"frames":[{"function":"main.main","file":"example.com/locks/main.go","line":35}]'

try 'Delve: the same stack is the same as in a dump'
signature=$(sed -n 's/^{"signature":"\([0-9a-f]*\)".*"function":"main\.main","file":"[^"]*","line":35}\].*/\1/p' "$out")
run scan --format=json $deadlock/all.txt
prints "{\"signature\":\"$signature\""

try 'Delve: lists one behind the other, and a dump'
cat fixtures/delve/stacks.txt fixtures/delve/stacks.txt $dump >more.txt
run scan more.txt
exits 0
prints 'more.txt  delve, 8 goroutines'
prints 'more.txt #2  delve, 8 goroutines'
prints 'more.txt #3  debug2, 26 goroutines'

try 'Delve: a wait that is timed, a goroutine on a thread, a list that is cut'
cat >list.txt <<'END'
  Goroutine 1 - User: :0 ??? (0x7f781bc3eaff) (thread 9221) [select 453593h6m33.232087779s]
	0  0x00007f781bc3eaff in ???
	   at :0
* Goroutine 5 - Go: ./main.go:12 main.worker (0x4b2b00) (thread 41231)
	0  0x00000000004b2b00 in main.worker
	   at ./main.go:12
	1  0x00000000004b2b01 in main.main
END
run scan list.txt
exits 0
prints '2 goroutines in 2 stacks'
prints '1  select  #'
prints '1  state unknown  #'
prints 'cut off'

try 'Delve: a list without stacks is named'
grep '^  Goroutine' fixtures/delve/stacks.txt >names.txt
run scan names.txt
exits 2
says 'names.txt: no goroutine in it: a list of goroutines of the debugger Delve, without stacks; "goroutines -t" prints them'

finish
