#!/bin/sh
# Every input of fixtures/cases against what a careful reader finds in it
# (fixtures/cases/EXPECTED.tsv): dumps, goroutines, damage, exit status.
set -u
cd "$(dirname "$0")/../.." || exit 2

goroleak=${GOROLEAK:-build/goroleak}
cases=fixtures/cases
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT

# within WANT GOT: a number, a range a..b, + for at least one, - for anything.
within() {
    case $1 in
    -) ;;
    +) [ "$2" -gt 0 ] ;;
    *..*) [ "$2" -ge "${1%%..*}" ] && [ "$2" -le "${1##*..}" ] ;;
    *) [ "$2" -eq "$1" ] ;;
    esac
}

# check_case FILE DUMPS GOROUTINES TRUNCATED DAMAGED: says what is wrong.
check_case() {
    "$goroleak" scan --format=json "$cases/$1" >"$scratch/json" 2>"$scratch/err"
    status=$?
    # shellcheck disable=SC2046 # four numbers and a word
    set -- "$@" $(awk -f tests/cli/counts.awk "$scratch/json")
    case $3 in 0) want=2 ;; *) want=0 ;; esac
    case $4 in yes) truncated=+ ;; no) truncated=0 ;; *) truncated=- ;; esac

    [ $status -eq $want ] || echo "exit status $status, not $want"
    [ $status -eq 2 ] && [ $want -eq 2 ] && [ "$7" -eq 0 ] && return
    within "$2" "$6" || echo "$6 dumps, not $2"
    within "$3" "$7" || echo "$7 goroutines, not $3"
    within $truncated "$8" || echo "truncated: $8, want $4"
    within "$5" "$9" || echo "$9 damaged goroutines, not $5"
}

passed=0 failed=0 skipped=0
tab=$(printf '\t')
while IFS=$tab read -r file dumps goroutines truncated damaged when reason; do
    case $file in \#*) continue ;; esac
    wrong=$(check_case "$file" "$dumps" "$goroutines" "$truncated" "$damaged")
    if [ -z "$wrong" ]; then
        passed=$((passed + 1))
    elif [ "$when" = later ]; then
        skipped=$((skipped + 1))
        echo "skipped: $cases/$file: $reason"
    else
        failed=$((failed + 1))
        echo "$wrong" | sed "s|^|$cases/$file: |"
        [ -z "$reason" ] || echo "    expected because: $reason"
    fi
done <$cases/EXPECTED.tsv

for file in "$cases"/*.txt; do
    grep -q "^${file##*/}$tab" $cases/EXPECTED.tsv && continue
    failed=$((failed + 1))
    echo "$file: not in EXPECTED.tsv"
done

echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
