#!/bin/sh
# Real dumps: how many goroutines each file holds, and that one stack has one
# signature whatever printed it.  First the copies in fixtures/ (tables
# fixtures.tsv, signature_levels.tsv), then all of ../shared/dumps where that
# folder is (its MANIFEST.tsv, and dumps.tsv for what that does not say).
set -u
cd "$(dirname "$0")/../.." || exit 2

goroleak=${GOROLEAK:-build/goroleak}
shared=../shared/dumps
expect=tests/expect
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
tab=$(printf '\t')
passed=0 failed=0 skipped=0

# verdict NAME WRONG WHEN REASON
verdict() {
    if [ -z "$2" ]; then
        passed=$((passed + 1))
    elif [ "$3" = later ]; then
        skipped=$((skipped + 1))
    else
        failed=$((failed + 1))
        echo "$2" | sed "s|^|$1: |"
        [ -z "$4" ] || echo "    expected because: $4"
    fi
}

# scan FILE JSON
scan() {
    "$goroleak" scan --format=json "$1" >"$2" 2>"$scratch/err"
}

# looks_cut FILE: ends in mid-line, for sure.  A last line that ends in "+0x66"
# without a newline may be whole.
looks_cut() {
    [ -n "$(tail -c 1 "$1")" ] && ! tail -n 1 "$1" | grep -q ' +0x[0-9a-f]*$'
}

# count_file FILE FORM DUMPS GOROUTINES: says what is wrong.
count_file() {
    if [ ! -f "$1" ]; then
        echo 'no such file'
        return
    fi
    scan "$1" "$scratch/json"
    status=$?
    # shellcheck disable=SC2046 # four numbers and a word
    set -- "$@" $(awk -f tests/cli/counts.awk "$scratch/json")
    case $4 in 0) want=2 ;; *) want=0 ;; esac

    [ $status -eq $want ] || echo "exit status $status, not $want"
    [ "$6" -eq "$4" ] || echo "$6 goroutines, not $4"
    [ $want -eq 0 ] || return
    [ "$3" = - ] || [ "$5" -eq "$3" ] || echo "$5 dumps, not $3"
    [ "$2" = - ] || [ "$9" = "$2" ] || echo "form is $9, not $2"
    case $1 in
    */embedded/*) ;;
    */truncated*)
        looks_cut "$1" && [ "$7" -eq 0 ] && echo 'not seen as truncated'
        ;;
    *) [ "$7" -eq 0 ] || echo 'seen as truncated' ;;
    esac
}

# signatures SCOPE FILE OUT
signatures() {
    scan "$2" "$scratch/json" || return 1
    awk -v scope="$1" -f tests/cli/signatures.awk "$scratch/json" |
        LC_ALL=C sort >"$3"
    [ -s "$3" ]
}

# alone A B: goroutines of A that have no partner of their signature in B.
alone() {
    awk 'NR == FNR { n[$1] += $2; next }
         { n[$1] -= $2 }
         END { for (s in n) if (n[s] > 0) sum += n[s]; print sum + 0 }' "$1" "$2"
}

# compare SCOPE LEFT RIGHT ONLY_LEFT ONLY_RIGHT: says what is wrong.
compare() {
    signatures "$1" "$2" "$scratch/left" || echo "nothing in $2"
    signatures "$1" "$3" "$scratch/right" || echo "nothing in $3"
    left=$(alone "$scratch/left" "$scratch/right")
    right=$(alone "$scratch/right" "$scratch/left")
    [ "$left" -eq "$4" ] || echo "$left goroutines only on the left, not $4"
    [ "$right" -eq "$5" ] || echo "$right goroutines only on the right, not $5"
}

# ------------------------------------------------------------------ fixtures
# shellcheck disable=SC2034 # program is for the reader of the table
while IFS=$tab read -r file form dumps goroutines program reason; do
    case $file in \#*) continue ;; esac
    verdict "fixtures/$file" \
        "$(count_file "fixtures/$file" "$form" "$dumps" "$goroutines")" \
        now "$reason"
done <$expect/fixtures.tsv

# --------------------------------------------------------------- shared dumps
# For each line of MANIFEST.tsv that is text of a kind scan knows, or never
# holds a goroutine: file, form, dumps, goroutines, when, reason.
expectations() {
    awk -F '\t' '
        function form(file)
        {
            if (file ~ /embedded\/|segv_in_c/) return "-"
            if (file ~ /race\//) return "race"
            if (file ~ /timeout\/timeout/) return "timeout"
            if (file ~ /sigquit\/|arch\/|quit_all|abort_in_c/) return "sigquit"
            if (file ~ /printstack/) return "debug2"
            if (file ~ /panic|deadlock/) return "panic"
            return "debug2"
        }
        FILENAME ~ /dumps\.tsv$/ {
            if ($0 !~ /^#/) special[$1] = $0
            next
        }
        FNR == 1 { next }
        $1 in special {
            print $1 "\t" form($1) substr(special[$1], length($1) + 1)
            next
        }
        $3 == "traceback text" || $3 == "gccgo text" || $3 == "go test output" {
            print $1 "\t" form($1) "\t1\t" $4 "\tnow\t"
        }
        $3 == "heap debug=1" || $3 == "other debug=1" {
            print $1 "\t-\t0\t0\tnow\tno goroutines in a " $3
        }' $expect/dumps.tsv $shared/MANIFEST.tsv
}

if [ -d $shared ]; then
    expectations >"$scratch/expect"
    while IFS=$tab read -r file form dumps goroutines when reason; do
        verdict "$shared/$file" \
            "$(count_file "$shared/$file" "$form" "$dumps" "$goroutines")" \
            "$when" "$reason"
    done <"$scratch/expect"
    [ $skipped -eq 0 ] ||
        echo "skipped: $skipped files of $shared belong to later issues"
else
    skipped=1
    echo "skipped: $shared is absent"
fi

# ----------------------------------------------------------------- signatures
while IFS=$tab read -r scope left right only_left only_right reason; do
    case $scope in \#*) continue ;; esac
    case $left in
    fixtures/*) prefix= ;;
    *)
        [ -d $shared ] || continue
        prefix=$shared/
        ;;
    esac
    verdict "$prefix$left and $prefix$right" \
        "$(compare "$scope" "$prefix$left" "$prefix$right" "$only_left" \
            "$only_right")" now "$reason"
done <$expect/signature_levels.tsv

echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
