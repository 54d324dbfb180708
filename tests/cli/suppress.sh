#!/bin/sh
# Suppression files, --max, and what becomes of them.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

enter_scratch
{
    main_goroutine
    goroutines 10 5 'chan receive' main.work
    goroutines 20 2 select main.pool
} >dump.txt

try 'without one all are leaks'
run assert dump.txt
exits 1
prints 'leaked: 7 goroutines in 2 stacks'

try 'a line excuses'
cat >sup <<'END'
# the pool is for ever

top:^main[.]pool$
END
run assert --suppressions sup dump.txt
exits 1
prints 'leaked: 5 goroutines in 1 stack'
says_nothing

try 'all suppressed'
printf 'top:=main.pool\ntop:=main.work until=2099-12-31\n' >sup
run assert --suppressions sup dump.txt
exits 0
prints 'no leak'

try 'a pattern with blanks'
printf 'state:^chan receive$   max=9\t\ntop:pool\n' >sup
run assert --suppressions sup dump.txt
exits 0

try 'expired lines do not count, and are told'
printf 'top:=main.pool until=2020-02-29\ntop:=main.work\n' >sup
run assert --suppressions sup dump.txt
exits 1
prints 'leaked: 2 goroutines'
says 'goroleak: sup:1: expired suppression: top:=main.pool'

try 'unused lines are told; strictly they are an error'
printf 'top:work\ntop:pool\ntop:gone\n' >sup
run assert --suppressions sup dump.txt
exits 0
says 'goroleak: sup:3: unused suppression: top:gone'
run assert --suppressions sup --strict-suppressions dump.txt
exits 2

try 'lines that are none: file and line are named'
for bad in 'top:(' 'work' 'top:x max=' 'top:x max=-1' 'top:x until=soon' \
    'top:x until=2026-13-01' 'tops:x'; do
    printf '# one\n%s\n' "$bad" >sup
    run assert --suppressions sup dump.txt
    exits 2
    says 'goroleak: sup:2: '
done
run assert --suppressions missing dump.txt
exits 2
says 'missing: cannot open'

try 'other commands leave them out too'
printf 'top:work\n' >sup
run scan --suppressions sup dump.txt
exits 0
lacks "$out" main.work
run diff --suppressions sup dump.txt dump.txt
exits 0
run trend --suppressions sup dump.txt dump.txt
exits 0

try 'until= goes by --now, on whichever side of it'
printf 'top:work until=2026-05-31\ntop:pool until=2026-05-31\n' >sup
run check --history db --now=2026-05-31T23:59:59Z --suppressions sup dump.txt
exits 0
says_nothing
run check --history db --suppressions sup --now=2026-06-01T00:00:00Z dump.txt
exits 0
says 'sup:1: expired suppression: top:work'

try '--max: up to so many'
run assert --max top:work=5 --max top:pool=2 dump.txt
exits 0
run assert --max top:work=4 --max top:pool=2 dump.txt
exits 1
prints 'leaked: 5 goroutines in 1 stack'
run assert --max 'state:.=6' dump.txt
exits 1
prints 'leaked: 7 goroutines'
run assert --max 'state:.=7' dump.txt
exits 0

try '--max that is none'
for bad in x top:x top:x= 'top:x=y' '=3'; do
    run assert --max "$bad" dump.txt
    exits 2
done

try '--write-suppressions: a file that excuses what is there'
run assert --write-suppressions new dump.txt
exits 1
has new '# 5 goroutines, chan receive, in main.work at /src/app/main.go:20'
[ "$(grep -c '^signature:=' new)" = 2 ] || wrong='not two lines'
run assert --suppressions new --strict-suppressions dump.txt
exits 0
run assert --write-suppressions /dev/full dump.txt
exits 2
prints 'leaked: 7 goroutines'

try '--write-suppressions: what is in the file stays'
printf '# ours, until the driver is mended\ntop:work max=5' >ours
chmod 644 ours
run assert --suppressions ours --write-suppressions ours dump.txt
exits 1
is "$(head -n 2 ours)" '# ours, until the driver is mended
top:work max=5' 'the first lines'
is "$(grep -c '^signature:=' ours)" 1 'leaks that it does not name'
is "$(find ours -perm 644)" ours 'its permissions'
cp ours before
run assert --write-suppressions ours dump.txt
exits 1
is "$(grep -c '^signature:=' ours)" 2 'of which one was there'
cp ours before
run assert --write-suppressions ours dump.txt
same before ours

try 'several suppression files: those of all, and of our own'
echo 'top:work' >shared
printf 'top:pool\ntop:nothing\n' >own
run assert --suppressions shared --suppressions own dump.txt
exits 0
says 'own:2: unused suppression: top:nothing'

try 'a suppression file as editors on Windows write it'
printf '\357\273\277top:work\r\ntop:pool\r\n' >sup
run assert --suppressions sup dump.txt
exits 0

try 'a suppression file that is no text'
printf 'top:work\n\000top:pool\n' >sup
run assert --suppressions sup dump.txt
exits 2
says 'sup: no text: it holds a NUL byte'

try 'no pattern, as of a variable that is not set, excuses nothing'
for kind in top any state label; do
    run assert "--ignore=$kind:" dump.txt
    exits 2
    says 'no pattern behind the colon'
done
printf 'top:  max=3\n' >sup
run assert --suppressions sup dump.txt
exits 2
says 'sup:1: no pattern behind the colon'
finish
