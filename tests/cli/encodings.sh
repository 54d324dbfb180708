#!/bin/sh
# Text in other forms: UTF-16, as PowerShell's redirection writes it and as
# editors save it, in both byte orders, with and without a byte order mark; and
# lines that end with a carriage return alone.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

dump=$PWD/fixtures/series/leaky/20261123T063833Z.txt
enter_scratch
command -v iconv >/dev/null || {
    echo 'skipped: no iconv'
    finish
}

# as DESTINATION ORDER MARK: the dump in UTF-16, behind the bytes of a mark.
as() {
    printf '%b' "$3" >"$1"
    iconv -f UTF-8 -t "UTF-16$2" "$dump" >>"$1"
}

as le.txt LE ''
as be.txt BE ''
as marked_le.txt LE '\0377\0376'
as marked_be.txt BE '\0376\0377'
"$goroleak" scan "$dump" | tail -n +3 >want
for text in le be marked_le marked_be; do
    try "$text"
    run scan "$text.txt"
    exits 0
    tail -n +3 "$out" >got
    same want got
    try "$text, cut in the middle of a character"
    head -c 3001 "$text.txt" >cut.txt
    run scan cut.txt
    exits 0
    says 'counts are lower bounds'
done

tr '\n' '\r' <"$dump" >returns.txt
{
    cat returns.txt
    printf '\r'
    sed 's/$/\r/' "$dump"
} >both.txt
try 'carriage returns'
run scan returns.txt
exits 0
tail -n +3 "$out" >got
same want got
try 'carriage returns, then newlines behind them'
run scan --format=json both.txt
exits 0
prints '"index":1'
try 'a line of carriage returns is no dump of them'
{
    printf 'progress 1%%\rprogress 100%%\n'
    cat "$dump"
} >progress.txt
run scan progress.txt
exits 0
tail -n +3 "$out" >got
same want got

try 'bytes that only begin like it'
printf 'g\0o\0r\0' >short.txt
run scan short.txt
exits 2
says 'no goroutine in it: binary data'
try 'NULs in a dump are no UTF-16'
printf 'goroutine 7 [sel\0ct]:\nmain.f()\n\t/m.go:1 +0x1\n' >nul.txt
run scan nul.txt
exits 0
finish
