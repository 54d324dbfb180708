#!/bin/sh
# Libraries that are loaded when they are needed, where they are not there.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

dump=$PWD/fixtures/cases/01_plain.txt
enter_scratch

# Libraries of these names that have nothing in them are found first.
mkdir empty
echo 'int nothing;' >nothing.c
for name in libarchive.so.13 libcurl.so.4 libcurl-gnutls.so.4; do
    ${CC:-cc} -shared -fPIC -o "empty/$name" nothing.c || exit 2
done
cp "$dump" dump.txt
gzip -c dump.txt >dump.txt.gz
tar cf dump.tar dump.txt

try 'a dump needs neither'
under LD_LIBRARY_PATH="$PWD/empty"
run scan dump.txt
exits 0
prints '3 goroutines in 2 stacks'

try 'nor does a compressed one'
under LD_LIBRARY_PATH="$PWD/empty"
run scan dump.txt.gz
exits 0
prints '3 goroutines in 2 stacks'

try 'an archive without libarchive'
under LD_LIBRARY_PATH="$PWD/empty"
run scan dump.tar
exits 2
says 'dump.tar: reading archives needs libarchive 3'

try 'and a dump beside it'
under LD_LIBRARY_PATH="$PWD/empty"
run scan dump.tar dump.txt
exits 2
prints '3 goroutines in 2 stacks'
says 'dump.tar: reading archives needs libarchive 3'

try 'a URL without libcurl'
under LD_LIBRARY_PATH="$PWD/empty"
run scan http://127.0.0.1:1/debug/pprof/goroutine
exits 2
says 'reading URLs needs libcurl 7.66 or later'

try 'the archive with it'
run scan dump.tar
exits 0
prints '3 goroutines in 2 stacks'

finish
