#!/bin/sh
# Compressed dumps and archives of them: known by content, whatever their name.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

packed=$PWD/fixtures/packed
leaky=$PWD/fixtures/series/leaky
plain=$leaky/20261123T062012Z.txt
enter_scratch

# clusters: those of the last run, without the dumps they came from.
clusters() {
    sed -e '/^{"source":/d' -e 's/.*"clusters":\[/[/' "$out"
}

run scan --format=json "$plain"
clusters >want

for form in gz bz2 xz zst; do
    try "$form"
    run scan --format=json "$packed/dump.txt.$form"
    exits 0
    clusters >got
    same got want

    try "$form by content"
    cp "$packed/dump.txt.$form" dump
    run scan --format=json dump
    exits 0
    clusters >got
    same got want

    try "$form on standard input"
    "$goroleak" scan --format=json <"$packed/dump.txt.$form" >"$out" 2>"$err"
    status=$?
    exits 0
    clusters >got
    same got want
done

# ---------------------------------------------------------------- archives

mkdir folder
for n in 062012 062152 062332; do
    cp "$leaky/20261123T${n}Z.txt" folder
done
run scan --format=json folder
clusters >want

for archive in three.tar.gz three.zip gzipped.tar; do
    try "$archive: its members are files"
    run scan --format=json "$packed/$archive"
    exits 0
    clusters >got
    same got want
    run scan "$packed/$archive"
    prints 'from 3 dumps'
    prints "$archive:20261123T062152Z.txt"

    try "$archive: a series"
    run trend "$packed/$archive"
    prints '3 dumps of one process, 2026-11-23 06:20 to 06:23 UTC'
done

try 'instances by the names of members'
run trend --instance=':(.*)T06' --format=json "$packed/three.zip"
prints '"instance":"20261123"'

try 'what holds no goroutine is passed over, as in a folder'
run scan "$packed/three.zip"
exits 0
lacks "$err" README

try 'an archive without a goroutine'
mkdir none
echo 'nothing here' >none/a
tar -cf none.tar none
run scan none.tar
exits 2
says 'none.tar: no member of this archive holds a goroutine'

try 'a compressed file without a goroutine'
gzip -c none/a >a.gz
run scan a.gz
exits 2
says 'a.gz: no goroutine in it'

# ----------------------------------------------------------------- damage

try 'a gzip file that is cut: all that is there counts'
gzip -c "$plain" >whole.gz
size=$(wc -c <whole.gz)
before=0
for part in 3 5 7 9; do
    head -c $((size * part / 10)) whole.gz >cut.gz
    run scan --format=json cut.gz
    exits 2
    says 'goroleak: cut.gz: cannot unpack: truncated gzip input'
    found=$(sed -n 's/.*"goroutines":\([0-9]*\).*/\1/p' "$out")
    [ "${found:-0}" -gt "$before" ] || fault "$part tenths: ${found:-0} goroutines, after $before"
    before=${found:-0}
done

try 'a gzip file that is damaged'
{ head -c $((size - 5)) whole.gz; printf '\001\002\003\004\005'; } >bad.gz
run scan bad.gz
exits 2
says 'goroleak: bad.gz: cannot unpack: damaged gzip input'
prints '26 goroutines'

try 'cut: what could be read counts, and the exit status is 2'
head -c 2500 "$packed/three.tar.gz" >cut.tar.gz
run scan cut.tar.gz "$plain"
exits 2
says 'cut.tar.gz: cannot unpack: truncated gzip input'
prints '26 goroutines'

try 'only the magic number'
printf 'PK\003\004and no more' >magic
run scan magic
exits 2
says 'magic: cannot unpack'

try 'a text that begins like something packed'
{ echo 'BZh, said the log'; cat "$plain"; } >log
run scan log
exits 0
prints '26 goroutines'

try 'a bomb is stopped'
if command -v xz >/dev/null && command -v yes >/dev/null; then
    yes "$(printf '%0256d' 0)" | head -c 1500000000 | xz -0 >bomb
    run scan bomb
    exits 2
    says 'bomb: expands more than a thousand times: not read to its end'
else
    skip 'a bomb is stopped: no xz'
fi

try 'archives in archives have an end'
cp "$plain" in
for n in 1 2 3 4 5; do
    tar -cf "in$n" in
    mv "in$n" in
done
run scan in
exits 2
says 'in: archives in archives: not read to the last'

finish
