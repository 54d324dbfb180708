#!/bin/sh
# What goleak and Gomega's gleak say of a process with each of their options, and
# what assert says of its dump with the options that docs/ASSERT.md puts beside
# them: the same goroutines leak.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

parity=$PWD/fixtures/parity
table=$PWD/docs/ASSERT.md
enter_scratch

# leaking [OPTION...]: the ids that assert says leak, in order.
leaking() {
    "$goroleak" assert --format=json "$@" "$parity/after.txt" 2>"$err" |
        grep -o '"ids":\[[0-9,]*\]' | tr -cs '0-9\n' '\n' | grep . |
        sort -n | tr '\n' ' ' | sed 's/ $//'
}

# same_ids IDS [OPTION...]
same_ids() {
    wanted=$1
    shift
    is "$(leaking "$@")" "$wanted" "$*"
}

tab=$(printf '\t')
grep -v '^#' "$parity/ROWS.tsv" >rows
while IFS=$tab read -r library option ours ids; do
    # A blank between tabs would be lost: no option is "-".
    [ -n "$ids" ] || { ids=$ours && ours=; }
    try "$library: $option"
    case $ours in
    '') same_ids "$ids" ;;
    *BEFORE) same_ids "$ids" --baseline="$parity/before.txt" ;;
    *) same_ids "$ids" "$ours" ;;
    esac
    [ "$option" = none ] || grep -q -F "${option%% *}(" "$table" ||
        wrong="not in docs/ASSERT.md"
done <rows
[ "$(wc -l <rows)" -ge 11 ] || wrong='rows are missing'

# What goleak has since 1.3 excuses here what gleak's options for creators do.
ids_of() { awk -F "$tab" -v option="$1" '$2 == option { print $4 }' rows; }
try 'goleak: IgnoreCreatedBy'
same_ids "$(ids_of IgnoringCreator)" --ignore=creator:=main.starter
try 'goleak: IgnoreAnyContainingPkg'
same_ids "$(ids_of 'IgnoringCreator ...')" \
    --ignore='any:^\Qexample.com/parity/pkg/store.\E'

finish
