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

for file in pzstd.zst streams.xz streams.bz2; do
    try "$file: frames, blocks and streams"
    run scan --format=json "$packed/$file"
    exits 0
    clusters >got
    same got want
done

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

try 'a compressed page of a server'
echo '<!DOCTYPE html><html>404</html>' | gzip -c >page.gz
run scan page.gz
exits 2
says 'page.gz: no goroutine in it: gzip of an HTML page'

try 'other ways to compress'
run scan "$packed/dump.txt.lzma"
exits 0
prints '26 goroutines'
run scan "$packed/dump.txt.lz4"
case $(cat "$err") in
*'packed in a way not known here'*) exits 2 ;; # this libarchive has no lz4
*) exits 0 && prints '26 goroutines' ;;
esac
printf '\004\042\115\030 no lz4' >magic.lz4
run scan magic.lz4
exits 2
says 'magic.lz4: cannot unpack: '

try 'archives that are not read are named'
printf '7z\274\257\047\034\000\004more' >archive.7z
run scan archive.7z
exits 2
says 'archive.7z: no goroutine in it: a 7-Zip archive, which is not read'

# ----------------------------------------------------------------- damage

# found: goroutines of the last run, whose form is text.
found() {
    sed -n '1s/^\([0-9]*\) goroutines.*/\1/p' "$out" | grep . || echo 0
}

# cut_up NAME FORM TOOL [ARG...]: what TOOL has packed, cut in many places.  Of
# each part all counts that TOOL unpacks of it, and more of more.
cut_up() {
    name=$1 form=$2
    shift 2
    try "$name that is cut: all that is there counts"
    if ! command -v "$1" >/dev/null; then
        skip "$name that is cut: no $1"
        return
    fi
    "$@" -c many.txt >whole
    size=$(wc -c <whole) before=0 steps=0
    for n in 0 1 2 3 4 5 6 7 8 9; do
        head -c $((size * n / 10 + 20)) whole >part
        run scan part
        exits 2
        says "goroleak: part: cannot unpack: truncated $form input"
        now_found=$(found)
        "$1" -dc <part >plain_part 2>/dev/null
        run scan plain_part
        [ "$now_found" -ge "$(found)" ] || fault "$n: $now_found of $(found)"
        [ "$now_found" -ge "$before" ] || fault "$n: $now_found after $before"
        [ "$now_found" -eq "$before" ] || steps=$((steps + 1))
        before=$now_found
    done
    [ $steps -ge "$least" ] || fault "found more only $steps times"
}

cat "$leaky"/*.txt >many.txt
least=9
cut_up 'a gzip file' gzip gzip
cut_up 'an xz file' xz xz
least=2 # blocks of 128 KiB and 100 kB of text
cut_up 'a zstd file' zstd zstd -q
cut_up 'a bzip2 file' bzip2 bzip2 -1
if command -v zstd >/dev/null; then
    # As a server does that flushes each line, or a log that is appended to.
    try 'zstd frames one behind the other, and the last one cut'
    split -l 100 many.txt frame.
    for frame in frame.*; do zstd -qc "$frame"; done >whole
    head -c $(($(wc -c <whole) - 30)) whole >part
    run scan part
    exits 2
    says 'goroleak: part: cannot unpack: truncated zstd input'
    [ "$(found)" -gt 1400 ] || fault "only $(found)"
else
    skip 'zstd frames one behind the other: no zstd'
fi

for form in gz bz2 xz zst; do
    case $form in
    gz) name=gzip ;; bz2) name=bzip2 ;; xz) name=xz ;; zst) name=zstd ;;
    esac
    of=$packed/dump.txt.$form

    try "$form: other bytes behind it are told"
    { cat "$of"; echo 'and a line'; } >behind
    run scan behind
    exits 2
    says "goroleak: behind: cannot unpack: other bytes behind $name input"
    prints '26 goroutines'

    try "$form: twice, with zeros between and behind"
    { cat "$of"; head -c 8 /dev/zero; cat "$of"; head -c 4 /dev/zero; } >twice
    run scan twice
    exits 0
    prints '52 goroutines in 10 stacks from 2 dumps'

    try "$form in gzip in gzip"
    gzip -c "$of" | gzip -c >nested
    run scan nested
    exits 0
    prints '26 goroutines'

    case $form in
    gz) set -- gzip ;; bz2) set -- bzip2 -1 ;; xz) set -- xz ;;
    zst) set -- zstd -q ;;
    esac
    if ! command -v "$1" >/dev/null; then
        skip "a tar in $name that is cut: no $1"
        continue
    fi
    try "a tar in $name that is cut: members before the cut are read"
    tar -cf - -C "$leaky" . | "$@" -c >whole
    head -c $(($(wc -c <whole) * 7 / 8)) whole >part
    run scan part
    exits 2
    says "goroleak: part: cannot unpack: truncated $name input"
    prints 'part:20261123T062012Z.txt'
    [ "$(found)" -gt 26 ] || fault "only $(found)"
done

try 'a member that is damaged does not take the others with it'
mkdir mixed
gzip -c "$plain" | head -c 1000 >mixed/a.gz
cp "$plain" mixed/b.txt
cp "$packed/dump.txt.xz" mixed/c.xz
tar -cf mixed.tar mixed/a.gz mixed/b.txt mixed/c.xz
run scan mixed.tar
exits 2
says 'goroleak: mixed.tar: cannot unpack: truncated gzip input in mixed/a.gz'
[ "$(found)" -ge 52 ] || fault "only $(found)"
prints 'mixed.tar:mixed/c.xz'

gzip -c "$plain" >whole.gz
size=$(wc -c <whole.gz)

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
