#!/bin/sh
# Every file of the corpus of public dumps against tests/expect/corpus.tsv.
# The corpus is not part of the repository: without it the test is skipped.
set -u
cd "$(dirname "$0")/../.." || exit 2

goroleak=${GOROLEAK:-build/goroleak}
corpus=../shared/corpus
table=tests/expect/corpus.tsv
if [ ! -d $corpus ]; then
    echo "skipped: $corpus is absent"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT

# check_file FILE GOROUTINES DUMPS: says what is wrong.
check_file() {
    "$goroleak" scan --format=json "$corpus/$1" >"$scratch/json" \
        2>"$scratch/err"
    status=$?
    # shellcheck disable=SC2046 # four numbers and a word
    set -- "$@" $(awk -f tests/cli/counts.awk "$scratch/json")
    case $2 in 0) want=2 ;; *) want=0 ;; esac

    [ $status -eq $want ] || echo "exit status $status, not $want"
    [ "$5" -eq "$2" ] || echo "$5 goroutines, not $2"
    [ $want -eq 2 ] || [ "$3" = - ] || [ "$4" -eq "$3" ] ||
        echo "$4 dumps, not $3"
}

passed=0 failed=0
tab=$(printf '\t')
# shellcheck disable=SC2034 # kind and grep are for the reader of the table
while IFS=$tab read -r file kind grep goroutines dumps reason; do
    case $file in \#*) continue ;; esac
    if [ ! -f "$corpus/$file" ]; then
        wrong='no such file'
    else
        wrong=$(check_file "$file" "$goroutines" "$dumps")
    fi
    if [ -z "$wrong" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$wrong" | sed "s|^|$corpus/$file ($kind): |"
        [ -z "$reason" ] || echo "    expected because: $reason"
    fi
done <$table

find $corpus -type f | sort >"$scratch/files"
while read -r file; do
    grep -q "^${file#"$corpus"/}$tab" $table && continue
    failed=$((failed + 1))
    echo "$file: not in $table"
done <"$scratch/files"

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
