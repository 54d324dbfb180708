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

try 'Delve: named, not read'
run scan fixtures/delve/stacks.txt
exits 2
says "fixtures/delve/stacks.txt: no goroutine in it: goroutines as the debugger Delve lists them, which is no dump of Go's runtime"

finish
