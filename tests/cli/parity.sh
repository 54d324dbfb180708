#!/bin/sh
# What goleak, leaktest and Gomega's gleak say of a process with each of their
# options, and with none of a test binary full of goroutines that they know; what
# assert says of its dump with the options that docs/ASSERT.md puts beside them:
# the same goroutines leak.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

parity=$PWD/fixtures/parity
table=$PWD/docs/ASSERT.md
enter_scratch

# leaking DUMP [OPTION...]: the ids that assert says leak, in order.
leaking() {
    dump=$parity/$1.txt
    shift
    "$goroleak" assert --format=json "$@" "$dump" 2>"$err" |
        grep -o '"ids":\[[0-9,]*\]' | tr -cs '0-9\n' '\n' | grep . |
        sort -n | tr '\n' ' ' | sed 's/ $//'
}

# same_ids IDS [OPTION...]
same_ids() {
    wanted=$1
    shift
    is "$(leaking after "$@")" "$wanted" "$*"
}

# both KIND:PATTERN STATE: a rule for the signatures of what both match.
both() {
    "$goroleak" scan --format=json --only="$1" "$parity/after.txt" |
        sed -n "s/^{\"signature\":\"\([0-9a-f]*\)\",.*\"state\":\"$2\",.*/\1/p" |
        paste -s -d '|' | sed 's/.*/--ignore=signature:^(&)$/'
}

tab=$(printf '\t')
grep -v '^#' "$parity/ROWS.tsv" >rows
while IFS=$tab read -r library option ours ids; do
    # A blank between tabs would be lost: no option is "-".
    [ -n "$ids" ] || { ids=$ours && ours=; }
    try "$library: $option"
    case $ours in
    '') same_ids "$ids" ;;
    *' and '*) same_ids "$ids" "$(both "${ours%% and *}" "${ours#* and }")" ;;
    *BEFORE) same_ids "$ids" --baseline="$parity/before.txt" ;;
    *) same_ids "$ids" "$ours" ;;
    esac
    [ "$option" = none ] || grep -q -F "${option%% *}(" "$table" ||
        fault "not in docs/ASSERT.md"
done <rows
[ "$(wc -l <rows)" -ge 14 ] || fault 'rows are missing'

# What goleak has since 1.3 excuses here what gleak's options for creators do.
ids_of() { awk -F "$tab" -v option="$1" '$2 == option { print $4 }' rows; }
try 'goleak: IgnoreCreatedBy'
same_ids "$(ids_of IgnoringCreator)" --ignore=creator:=main.starter
try 'goleak: IgnoreAnyContainingPkg'
same_ids "$(ids_of 'IgnoringCreator ...')" \
    --ignore='any:^\Qexample.com/parity/pkg/store.\E'

try 'budgets: as many as allowed, one more'
same_ids "$(ids_of IgnoreTopFunction)" '--max=top:=main.blocked=3'
same_ids "$(ids_of none | sort -u)" '--max=top:=main.blocked=2'

try 'retries: what ends meanwhile is no leak'
# shellcheck disable=SC2016 # what the script is to expand
printf '#!/bin/sh\n[ -e asked ] && dump=before\n: >asked\ncat "%s/${dump:-after}.txt"\n' \
    "$parity" >later
chmod +x later
for settle in 0s 5s; do
    rm -f asked
    run assert --quiet --baseline="$parity/before.txt" --settle=$settle --exec=./later
    case $settle in 0s) exits 1 ;; *) exits 0 ;; esac
done

# ----------------------------------------- what they know without being told

"$goroleak" assert --list-rules |
    sed 's/^o[nf]* *\([a-z-]*\) .*(\(.*\))$/\1 \2/; s/,//g' >rules

# known_to LIBRARY: options for the rules that LIBRARY has, beside those for the
# goroutines that assert itself sees and a library does not.
known_to() {
    while read -r rule sources; do
        case $rule," $sources " in
        main,* | observer,* | *" $1 "*) echo "--rule=$rule" ;;
        *) echo "--no-rule=$rule" ;;
        esac
    done <rules
}

# shellcheck disable=SC2046 # an option a line
while IFS=$tab read -r library ids; do
    case $library in '#'*) continue ;; esac
    try "$library: the standard goroutines"
    is "$(leaking standard $(known_to "$library"))" "$ids" ids
done <"$parity/STANDARD.tsv"

# Each rule that finds something there: with no rule but it, and without any.
sed 's/\([^ ]*\) .*/--no-rule=\1/' rules >none
# shellcheck disable=SC2046
everything=$(leaking standard $(cat none) | wc -w)
for rule in main observer testing testing-main signal trace http-keepalive \
    any-readloop ginkgo ginkgo-interrupt ginkgo-progress; do
    try "in a real process: $rule"
    # shellcheck disable=SC2046
    left=$(leaking standard $(cat none) "--rule=$rule" | wc -w)
    [ "$left" -lt "$everything" ] || fault 'excuses nothing'
done

finish
