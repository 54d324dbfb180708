#!/bin/sh
# Threads read ahead; what they find is the same, whatever their number.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

# All the text there is, one behind the other, until it is long enough for
# threads to be started; in the middle what no thread can know beforehand.
texts=$(find "$PWD"/fixtures/debug2 "$PWD"/fixtures/sigquit \
    "$PWD"/fixtures/panic "$PWD"/fixtures/timeout "$PWD"/fixtures/cases \
    "$PWD"/fixtures/fuzz -type f ! -name '*.md' | LC_ALL=C sort)
leaky=$PWD/fixtures/series/leaky
enter_scratch

goroutines 1000 20000 'select, 7 minutes' main.work >plain.txt
: >mixed.txt
while [ "$(wc -c <mixed.txt)" -lt 20000000 ]; do
    # shellcheck disable=SC2086 # a list
    cat $texts plain.txt "$leaky"/*.txt >>mixed.txt
done
head -c 18000001 mixed.txt >cut.txt
gzip -k plain.txt

# Many small files, between them what cannot be read by the way.
mkdir small
n=10
for f in $texts "$leaky"/*.txt; do
    n=$((n + 1))
    cp "$f" "small/$n.txt"
done
gzip -c plain.txt >small/020.gz
cp plain.txt small/030.txt # larger than what is read whole
: >small/040.txt
echo 'no goroutine' >small/050.txt
head -c 1500 plain.txt >small/060.txt
iconv -f UTF-8 -t UTF-16 "$leaky"/*_03.txt >small/070.txt 2>/dev/null ||
    cp plain.txt small/070.txt
mkfifo pipe

# same THREADS COMMAND ARG...: as with one thread.
same() {
    threads=$1
    command=$2
    shift 2
    "$goroleak" "$command" --threads 1 "$@" >one 2>one.err
    one=$?
    run "$command" --threads "$threads" "$@"
    exits "$one"
    cmp -s one "$out" || wrong="other output with $threads threads"
    cmp -s one.err "$err" || wrong="other messages with $threads threads"
}

for n in 2 3 16; do
    try "$n threads: many forms in one file"
    same "$n" scan --format=json --verbose mixed.txt
    try "$n threads: many dumps of one process"
    same "$n" trend --all --format=json plain.txt cut.txt plain.txt
    try "$n threads: a file that is open for writing, and is not mapped"
    exec 3>>mixed.txt
    same "$n" scan --format=json mixed.txt
    exec 3>&-
    try "$n threads: cut in a goroutine"
    same "$n" scan --format=json cut.txt
    try "$n threads: many small files"
    same "$n" scan --format=json --verbose small
    try "$n threads: the same, named, and what fails among them"
    same "$n" scan --format=snapshot small/1*.txt no_such small/0* small \
        small/2*.txt
    try "$n threads: many small dumps of one process"
    same "$n" trend --all --format=json "$leaky"/*.txt "$leaky"/*.txt
    try "$n threads: a pipe among many files"
    cat plain.txt >pipe &
    run scan --format=json --threads "$n" "$leaky"/*.txt pipe "$leaky"/*.txt
    exits 0
    prints '"source":"pipe"'
    try "$n threads: packed"
    same "$n" scan --format=json plain.txt.gz
    try "$n threads: rules on single goroutines"
    same "$n" scan --format=json --only 'state:^sel' --ignore 'top:=main.none' \
        plain.txt
    try "$n threads: lines that separate dumps"
    same "$n" scan --format=json --dump-separator '^goroutine 5000 ' plain.txt
done

# as_a_file WORDS: what was read as standard input is what the file has.
as_a_file() {
    grep -v '"time"' from_input >input.rest
    cmp -s file.rest input.rest || wrong="other output $1"
}

"$goroleak" scan --format=json mixed.txt | sed 's/"mixed.txt"/"-"/' |
    grep -v '"time"' >file.rest
for n in 1 2; do
    try "$n threads: a pipe"
    # shellcheck disable=SC2002 # a pipe is what is wanted
    cat mixed.txt | "$goroleak" scan --threads "$n" --format=json - >from_input
    as_a_file 'through a pipe'
    try "$n threads: a file as standard input"
    "$goroleak" scan --threads "$n" --format=json - <mixed.txt >from_input
    as_a_file 'from standard input'
done

for bad in 0 -1 x 2x 1025; do
    try "--threads $bad"
    run scan --threads "$bad" plain.txt
    exits 2
    says "--threads: '$bad' is not a number from 1 to 1024"
done
finish
