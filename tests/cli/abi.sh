#!/bin/sh
# Exported symbols are the committed ones, and the check sees it when not.
set -u

scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
passed=0 failed=0
list=src/lib/goroleak.symbols

# wants STATUS WHAT LIST
wants() {
    sh tests/support/abi.sh check "$GOROLEAK_LIB" "$3" 2>"$scratch/err"
    if [ $? -eq "$1" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $2"
        cat "$scratch/err"
    fi
}

wants 0 'header, library and list agree' $list
{ cat $list; echo grl_zzz; } >"$scratch/more"
wants 1 'a name that is no longer exported' "$scratch/more"
sed 1d $list >"$scratch/less"
wants 1 'a name that is not in the list' "$scratch/less"

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
