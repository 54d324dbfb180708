#!/bin/sh
# Reports of the race detector: scan reads them, and no other command takes
# them for a dump of all goroutines.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

enter_scratch
shapes=fixtures/race/shapes/go1.27.txt
both=fixtures/race/timeout/go1.27.txt
plain=fixtures/series/leaky/20261123T062012Z.txt

try 'a report is a dump of the goroutines that raced'
run scan -v fixtures/race/go_test/go1.27.txt
exits 0
says_nothing
prints 'race, 2 goroutines'
prints 'finished  #'
prints 'created by race.TestAudit'

try 'each report is one, and the same by every version of Go'
run scan --format=json $shapes
is "$(grep -c '"form":"race","goroutines":2' "$out")" 4 reports
sed -n 's/^{"signature":"\([0-9a-f]*\)".*/\1/p' "$out" >new
run scan --format=json fixtures/race/shapes/go1.22.txt
sed -n 's/^{"signature":"\([0-9a-f]*\)".*/\1/p' "$out" >old
is "$(grep -c -x -F -f old new)" 7 signatures

try 'last line first, as journalctl -r prints'
signatures() {
    sed -n 's/^{"signature":"\([0-9a-f]*\)".*/\1/p' "$1" | LC_ALL=C sort
}
run scan --format=json $shapes
signatures "$out" >want
run scan --format=json fixtures/race/reversed/go1.27.txt
exits 0
says_nothing
is "$(grep -c '"form":"race","goroutines":2' "$out")" 4 reports
lacks "$out" '"damaged":1'
signatures "$out" >got
same got want

try 'the same, in strings and beside a dump'
for file in fixtures/race/go_test/go1.27_json.txt $both; do
    run scan --format=json "$file"
    signatures "$out" >want
    awk '{ line[NR] = $0 } END { for (i = NR; i > 0; i--) print line[i] }' \
        "$file" >reversed.txt
    run scan --format=json reversed.txt
    exits 0
    signatures "$out" >got
    same got want
done

try 'the same, and its end, where the report begins, is cut off'
head -n 22 fixtures/race/reversed/go1.27.txt >cut.txt
run scan cut.txt
exits 0
says 'cut.txt: ends inside a goroutine: counts are lower bounds'
prints '2 goroutines in 2 stacks'

try 'the main goroutine, and a stack that is lost'
run scan fixtures/race/forgotten/go1.18.txt
exits 0
prints '(no stack)'
prints 'created by main.forgotten'
prints 'state unknown'

try 'a report and all goroutines: only those are asserted on'
run assert -v $both
exits 1
prints 'leaked: 2 goroutines in 2 stacks'
prints '4 goroutines, 2 excused by rules'
says "$both:31: a race report ends, which is no dump of all goroutines"
run scan $both
exits 0
prints '6 goroutines in 6 stacks from 2 dumps'

try 'a report behind the dump does not hide it'
{ cat fixtures/series/leaky/20261123T062152Z.txt; echo; cat $shapes; } >behind.txt
run assert fixtures/series/leaky/20261123T062152Z.txt
exits 1
sed 1,2d "$out" >want
run assert behind.txt
exits 1
sed 1,2d "$out" >got
same got want

try 'a report alone is nothing to judge'
words='no goroutine in it: a race detector report; scan reads it'
for c in 'assert' 'diff --fail' 'trend' 'record --history=h.db' 'check --history=h.db'; do
    files=$shapes
    case $c in diff*) files="$plain $shapes" ;; esac
    # shellcheck disable=SC2086 # several words
    run $c $files
    exits 2
    says "$shapes: $words"
done

try 'in a snapshot it stays one'
run scan --format=snapshot $both
cp "$out" kept.json
run scan kept.json
prints 'race, 2 goroutines'
run assert kept.json
exits 1
prints '4 goroutines, '

try 'a report that breaks off'
head -n 12 $shapes >cut.txt
run scan cut.txt
exits 0
prints 'cut off'
says 'ends inside a goroutine'

finish
