#!/bin/sh
# In which order trend takes its dumps, and that it says so; where one process
# ends and the next begins.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

enter_scratch
leaky=fixtures/series/leaky

# make_dump FILE COUNT: a dump of so many goroutines; its size tells it apart.
make_dump() {
    { main_goroutine; goroutines 10 "$2" select main.leak; } >"$1"
}

# order_of ARG...: how many goroutines the dumps have, in the order taken.
order_of() {
    run trend --format=json "$@"
    sed -n 's/^{"source".*"goroutines":\([0-9]*\).*/\1/p' "$out" | tr '\n' ' '
}

# sources FILE: where the dumps of this JSON are from, in the order taken.
sources() {
    sed -n 's/^{"source":"\([^"]*\)".*/\1/p' "$1" | tr '\n' ' '
}

# by WORDS ARG...: the report says how it ordered.
by() {
    words=$1
    shift
    run trend "$@"
    prints "  ordered by $words"
    is "$(grep -c 'ordered by' "$out")" 1 'lines that say so'
}

names='the timestamps in their names'
mtimes='modification time'
args='their order on the command line'

# --------------------------------------------------- times in the names

try 'timestamps in the names, whatever the order on the command line'
make_dump app-20260101T100000Z.txt 1
make_dump app-20260101T101500Z.txt 2
make_dump app-20260101T090000Z.txt 3
touch -t 202601010000 app-20260101T101500Z.txt
is "$(order_of app-20260101T101500Z.txt app-20260101T100000Z.txt \
    app-20260101T090000Z.txt)" '4 2 3 ' order
by "$names" app-20260101T101500Z.txt app-20260101T100000Z.txt
prints '2026-01-01 10:00 to 10:15 UTC'

# timed NAME TIME: the name of a file tells this time.
timed() {
    mkdir -p names
    make_dump "names/$1" 1
    cp "names/$1" "names/20000101T000000Z"
    run trend --format=json "names/$1" names/20000101T000000Z
    grep -F "\"names/$1\"" "$out" >entry
    is "$(sed 's/.*"time":\([^,]*\).*/\1/' entry)" "\"$2\"" "$1"
    rm -r names
}

try 'forms of timestamps'
timed 20260102T030405Z 2026-01-02T03:04:05Z
timed 20260102T030405Z.txt 2026-01-02T03:04:05Z
timed goroutines-20260102-030405.txt 2026-01-02T03:04:05Z
timed goroutines_2026-01-02_03-04-05 2026-01-02T03:04:05Z
timed 2026-01-02T03:04:05Z.txt 2026-01-02T03:04:05Z
timed '2026-01-02 03:04:05.txt' 2026-01-02T03:04:05Z
timed 2026.01.02.txt 2026-01-02T00:00:00Z
timed 20260102T0304 2026-01-02T03:04:00Z
timed 20260102T030405+0200 2026-01-02T01:04:05Z
timed 20260102T030405-0730.txt 2026-01-02T10:34:05Z
timed 1767323045.txt 2026-01-02T03:04:05Z
timed app.1767323045000.dump 2026-01-02T03:04:05Z
timed v2-pid12345-20260102T030405Z 2026-01-02T03:04:05Z
timed 20240229T000000Z 2024-02-29T00:00:00Z
timed 20260102T235959Z 2026-01-02T23:59:59Z

try 'no timestamps: numbers that are too long, too short or no date'
mkdir odd
for name in 12345678 20261301T000000 20260132T000000 123456789 99999999999; do
    make_dump odd/$name 1
done
by 'their names' odd
day=1
for name in odd/*; do
    touch -t 2026010${day}0000 "$name"
    day=$((day + 1))
done
by "$mtimes" odd
rm -r odd

# ------------------------------------------------------------ the others

try 'modification time, where one name has no timestamp'
mkdir mixed
make_dump mixed/20260101T000000Z 1
make_dump mixed/20260102T000000Z 2
make_dump mixed/latest 3
touch -t 202603030000 mixed/20260101T000000Z
touch -t 202602020000 mixed/20260102T000000Z
touch -t 202601010000 mixed/latest
is "$(order_of mixed)" '4 3 2 ' order
by "$mtimes" mixed
prints '2026-01-01 00:00 to 2026-03-03 00:00 UTC'

try '--order=mtime: though the names have timestamps'
rm mixed/latest
is "$(order_of mixed)" '2 3 ' 'by name'
is "$(order_of --order=mtime mixed)" '3 2 ' 'by time'
by "$mtimes" --order=mtime mixed
prints '2026-02-02 00:00 to 2026-03-03 00:00 UTC'

try '--order=args'
is "$(order_of --order=args mixed/20260102T000000Z mixed/20260101T000000Z)" \
    '3 2 ' order
by "$args" --order=args mixed/20260102T000000Z mixed/20260101T000000Z

try '--order=name: numbers by their value'
mkdir numbers
for n in 1 2 9 10 11 100; do
    make_dump numbers/dump$n "$n"
    touch -t 202601010000 numbers/dump$n
done
touch -t 202501010000 numbers/dump100
is "$(order_of --order=name numbers)" '2 3 10 11 12 101 ' order
by 'their names' --order=name numbers
is "$(order_of --order=name numbers/dump9 numbers/dump10 numbers/dump1)" \
    '2 10 11 ' 'order of three'

try '--order=name: numbers with zeros in front, and two in a name'
mkdir zeros
make_dump zeros/a007-2 1
make_dump zeros/a8-1 2
make_dump zeros/a7-10 3
is "$(order_of --order=name zeros)" '2 4 3 ' order

try 'a folder without times to go by: by name'
is "$(order_of --order=args numbers)" '2 3 10 11 12 101 ' order

try 'times that are all equal tell nothing: by name'
touch -t 202601010000 numbers/dump*
is "$(order_of numbers/dump9 numbers/dump1 numbers/dump10)" '2 10 11 ' order
by 'their names' numbers/dump9 numbers/dump1 numbers/dump10
lacks "$out" 2026
is "$(order_of --order=args numbers/dump9 numbers/dump1)" '10 2 ' 'as given'

try 'times of copies that were made in two seconds: by name'
touch -t 202601010000.01 numbers/dump10
by 'their names' numbers/dump9 numbers/dump1 numbers/dump10
is "$(order_of numbers/dump9 numbers/dump1 numbers/dump10)" '2 10 11 ' order
lacks "$out" '"time":"2026'
by "$mtimes" --order=mtime numbers/dump9 numbers/dump1 numbers/dump10
prints ', 2026-01-01 00:00 UTC, '

try 'two processes that are dumped at one time'
mkdir -p fleet/a fleet/b
for p in a b; do
    make_dump fleet/$p/latest 3
    make_dump fleet/$p/older 2
    touch -t 202601010000 fleet/$p/older
    touch -t 202601010001 fleet/$p/latest
done
by "$mtimes" --instance='fleet/(.)/' fleet/*/*

try 'dumps of one minute'
by "$mtimes" numbers/dump9 numbers/dump10
prints '2026-01-01 00:00 UTC'

# ------------------------------------------- several dumps in one source

try 'several dumps in one file keep their order'
make_dump one 5
make_dump two 3
make_dump three 4
cat one two three >several.txt
is "$(order_of several.txt)" '6 4 5 ' order
run trend --format=json several.txt
sed -n 's/^{"source":"\([^"]*\)","index":\([0-9]*\).*/\1 \2/p' "$out" >list
printf 'several.txt %s\n' 0 1 2 >wanted
same list wanted

try 'several dumps in one file: what they are ordered by'
run trend several.txt
lacks "$out" "$mtimes"
lacks "$out" 'their names'

try 'several dumps in files with timestamps'
cat one two >app-20260102T000000Z.txt
cat three >app-20260101T000000Z.txt
is "$(order_of app-20260102T000000Z.txt app-20260101T000000Z.txt)" '5 6 4 ' order

try '--dump-separator tells dumps apart'
{
    echo '=== Mon'
    goroutines 10 3 select main.leak
    echo '=== Tue'
    goroutines 20 4 select main.leak
} >marked.txt
run trend marked.txt
exits 2
run trend --dump-separator='^=== ' --format=json marked.txt
exits 0
is "$(order_of --dump-separator='^=== ' marked.txt)" '3 4 ' order
by 'their order in the file' --dump-separator='^=== ' marked.txt

try 'standard input among files: as on the command line'
shell 'cat two | goroleak trend --format=json one - three >piped'
is "$(sources piped)" 'one - three ' order
shell 'cat two | goroleak trend one - three >piped'
has piped "ordered by $args"

try 'a folder and standard input: as on the command line'
mkdir folder
cp one folder/a1
cp three folder/a2
shell 'cat two | goroleak trend --format=json folder - >piped'
is "$(sources piped)" 'folder/a1 folder/a2 - ' order

try 'a folder and standard input: --order=args'
shell 'cat two | goroleak trend --order=args --format=json folder - >piped'
is "$(sources piped)" 'folder/a1 folder/a2 - ' order

try 'folders: not those inside, no hidden files'
mkdir folder/deeper
cp two folder/deeper/a0
cp two folder/.a3
touch -t 202601010000 folder/a1
touch -t 202601020000 folder/a2
is "$(order_of folder)" '6 5 ' order

# --------------------------------------------------------------- restarts

# shifted N FILE: the same with all ids higher by N.
shifted() {
    awk -v by="$1" '
        $1 == "goroutine" && $2 > 1 { $2 += by }
        $1 == "created" && / in goroutine [0-9]+$/ && $NF > 1 { $NF += by }
        { print }' "$2"
}

# Two processes: the first with high ids, the second with those of the fixture.
mkdir twice
for file in "$leaky"/*.txt; do
    name=${file##*/}
    shifted 5000 "$file" >"twice/$name"
    cp "$file" "twice/20261124T${name#20261123T}"
done

try 'a restart: another segment, found by the ids'
run trend --format=json twice
exits 1
is "$(value segments)" 2 segments
is "$(grep -c '"verdict":"leaking"' "$out")" 2 leaks
run trend --format=json $leaky
is "$(value segments)" 1 segments

try 'a restart: the report says so'
run trend twice
exits 1
prints '24 dumps'
prints '1 restart'
prints 'its runs went 7 -> 84, 7 -> 84'
prints '2 leaks in '
prints 'LEAKING'
run trend $leaky
lacks "$out" restart

try 'a restart: counts are not compared across it'
mkdir steady
for n in 1 2 3 4; do
    goroutines 9000 3 select main.worker >steady/2026010${n}T000000Z
    goroutines 50 12 select main.worker >steady/2026020${n}T000000Z
done
run trend --format=json --all steady
exits 0
is "$(value segments)" 2 segments
is "$(value verdict)" '"steady"' verdict

try 'a restart: goroutines that are all others, though ids rise'
mkdir others
for n in 1 2 3; do
    goroutines 100 10 select main.old >others/2026010${n}T000000Z
    goroutines 900 10 select main.new >others/2026020${n}T000000Z
done
run trend --format=json --all others
is "$(value segments)" 2 segments

try 'three processes'
mkdir thrice
for file in "$leaky"/*.txt; do
    name=${file##*/}
    shifted 9000 "$file" >"thrice/20261122T${name#20261123T}"
done
cp twice/* thrice
run trend --format=json thrice
exits 1
is "$(value segments)" 3 segments
is "$(grep -c '"verdict":"leaking"' "$out")" 2 leaks

try 'the same process twice is two: its ids fall'
mkdir copies
for file in "$leaky"/*.txt; do
    name=${file##*/}
    cp "$file" "copies/$name"
    cp "$file" "copies/20261124T${name#20261123T}"
done
run trend --format=json copies
exits 1
is "$(value segments)" 2 segments
is "$(grep -c '"verdict":"leaking"' "$out")" 2 leaks

finish
