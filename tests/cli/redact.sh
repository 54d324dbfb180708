#!/bin/sh
# --redact: nothing in a report that is not the code's own.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

fixtures=$PWD/fixtures
enter_scratch
mkdir SECRETfolder

# dump COUNT: as many goroutines, with something private wherever a dump has
# room for it.
dump() {
    main_goroutine
    for id in $(seq 10 $((9 + $1))); do
        cat <<EOT
goroutine $id gp=0xc0005ec4e7 m=nil [chan send, 5 minutes, locked to thread] {"SECRETkey": "SECRETvalue"}:
main.leak({0xc0005ec4e7, 0x5ec4e7}, 0xc0005ec4e7?, ...)
	/home/SECRETuser/project/main.go:42 +0x5ec4e7 fp=0xc0005ec4e7 sp=0xc0005ec4e7 pc=0x5ec4e7
main.on.windows(0x5ec4e7)
	C:\\Users\\SECRETuser\\main.go:7 +0x5ec4e7
main.invented({0x5ec4e7}, "SECRETargument", ...)
	C:\\Users\\SECRETuser\\main.go:7 +0x5ec4e7
created by main.main in goroutine 1
	/home/SECRETuser/project/main.go:9 +0x5ec4e7

EOT
    done
}
for i in 1 2 3 4 5 6; do
    dump $((i * 5)) >SECRETfolder/$i.txt
done

# redacted: nothing private is in what was printed.
redacted() {
    grep -q leak "$out" || fault 'the stack is not in it'
    lacks "$out" SECRET
    lacks "$out" /home
    lacks "$out" 5ec4e7
}

for form in text json openmetrics snapshot; do
    try "scan: $form"
    run scan --redact --format=$form SECRETfolder
    exits 0
    redacted
done
for form in text json openmetrics; do
    try "trend: $form"
    run trend --redact --format=$form SECRETfolder
    exits 1
    redacted
done
for form in text json junit tap sarif github; do
    try "assert: $form"
    run assert --redact --format=$form SECRETfolder/3.txt
    exits 1
    redacted
done

try 'diff'
run diff --redact --format=json SECRETfolder/1.txt SECRETfolder/2.txt
redacted

try 'what is written down'
run assert --redact --write-suppressions=written SECRETfolder/3.txt
cp written "$out"
redacted
run record --redact --history=h.db SECRETfolder
exits 0
run history --history=h.db export
redacted
! grep -q -a SECRET h.db* || fault 'the history holds it'

try 'snapshots and histories read again'
"$goroleak" scan --format=snapshot SECRETfolder >open.ndjson
grep -q SECRETuser open.ndjson && grep -q SECRETvalue open.ndjson || wrong="nothing to redact"
run trend --redact --format=json open.ndjson
redacted

try 'without it all is told, and the verdicts are the same'
"$goroleak" trend --format=json SECRETfolder >open
grep -q SECRETuser open || wrong='nothing to redact'
"$goroleak" trend --redact --format=json SECRETfolder >closed
for file in open closed; do
    grep -o '"verdict":"[a-z]*","signature":"[0-9a-f]*"' $file >$file.verdicts
done
cmp -s open.verdicts closed.verdicts || wrong='other verdicts'

try 'rules see what reports hide'
run scan --redact --ignore file:SECRETuser --ignore top:main SECRETfolder/3.txt
prints 'from 1 dump'
lacks "$out" leak
run assert --redact --ignore label:SECRETkey=SECRETvalue SECRETfolder/3.txt
exits 0

try 'files of one name in two folders are two'
mkdir a b
dump 2 >a/dump.txt
dump 3 >b/dump.txt
run diff --redact a/dump.txt b/dump.txt
prints '3 -> 4 goroutines'

try 'what would show labels is refused'
run scan --redact --group-by label:SECRETkey SECRETfolder/3.txt
exits 2
says '--redact leaves out labels'

try 'no folder, label or address of any fixture'
for file in "$fixtures"/debug2/*/*.txt "$fixtures"/sigquit/*/*.txt \
    "$fixtures"/panic/*/*.txt "$fixtures"/profile/*/*; do
    "$goroleak" scan --redact --format=json "$file"
done >all 2>/dev/null
[ "$(grep -c '"command":"scan"' all)" -gt 50 ] || wrong='fixtures are missing'
! grep -E -m1 '"(file|source)":"[^"]*[/\\]' all || wrong='a folder'
! grep -E -m1 '"labels":\{[^}]' all || wrong='a label'
! grep -E -m1 '0x[0-9a-f]{4}' all || wrong='an address'

finish
