#!/bin/sh
# Series of real processes: the verdict on each site, against what its source
# makes it (fixtures/series/EXPECTED.tsv).  Verdicts that are known to be wrong
# are listed with the reason in tests/expect/series_gaps.tsv and told.
set -u
cd "$(dirname "$0")/../.." || exit 2

goroleak=${GOROLEAK:-build/goroleak}
expected=fixtures/series/EXPECTED.tsv
gaps=tests/expect/series_gaps.tsv
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
tab=$(printf '\t')
passed=0 failed=0 skipped=0

# verdicts FOLDER: "place TAB verdict" lines, made once a folder.
verdicts() {
    if [ ! -f "$scratch/$1" ]; then
        "$goroleak" trend --all --format=json "fixtures/series/$1" \
            2>"$scratch/$1.err" | awk -f tests/cli/series.awk >"$scratch/$1"
        cat "$scratch/$1.err"
    fi
}

# gap FOLDER FUNCTION VERDICT: the reason why it is known to come out so.
gap() {
    awk -F'\t' -v d="$1" -v f="$2" -v v="$3" \
        '$1 == d && $2 == f && $3 == v { print $4 }' "$gaps"
}

grep -v '^#' "$expected" >"$scratch/rows"
while IFS=$tab read -r folder place want _; do
    verdicts "$folder"
    got=$(awk -F'\t' -v p="$place" '$1 == p { print $2 }' "$scratch/$folder" |
        paste -sd, -)
    reason=$(gap "$folder" "$place" "$got")
    if [ "$got" = "$want" ]; then
        passed=$((passed + 1))
    elif [ -n "$reason" ]; then
        skipped=$((skipped + 1))
        echo "skipped: $folder $place is $got, not $want: $reason"
    else
        failed=$((failed + 1))
        echo "$folder $place: $got, not $want"
    fi
done <"$scratch/rows"

# The one program of the corpus that was dumped twice: of 724 goroutines five
# more match routes, which two dumps cannot call a leak.
corpus=../shared/corpus/dockerd-1703-usr1
if [ -f $corpus-t0.txt ] && [ -f $corpus-t1.txt ]; then
    if "$goroleak" trend --format=json $corpus-t0.txt $corpus-t1.txt \
        >"$scratch/dockerd" 2>/dev/null &&
        grep -q '"segments":1' "$scratch/dockerd" &&
        grep '"verdict":"growing"' "$scratch/dockerd" |
        grep -q 'regexp.onePassNext'; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo 'dockerd: growth in regexp.onePassNext is not told'
    fi
else
    skipped=$((skipped + 1))
    echo 'skipped: dockerd: ../shared/corpus is not here'
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
