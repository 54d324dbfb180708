#!/bin/sh
# The names that the shared library exports are those that the header
# declares, and those of the committed list: a change of any is deliberate.
#
#   abi.sh list [HEADER]          names declared with GRL_API, sorted
#   abi.sh check LIBRARY [LIST]   compare; the difference goes to stderr
set -u
export LC_ALL=C

list() {
    awk '
        /^GRL_API / { declaration = ""; inside = 1 }
        inside { declaration = declaration " " $0 }
        inside && /\(/ {
            sub(/\(.*/, "", declaration)
            n = split(declaration, word, /[ *]+/)
            print word[n]
            inside = 0
        }' "${1:-include/goroleak.h}" | sort
}

exported() {
    nm -D --defined-only "$1" | awk '{ sub(/@.*/, "", $3); print $3 }' | sort
}

differ() {
    diff "$1" "$2" >"$scratch/diff" && return 1
    { echo "abi: $3"; sed -n 's/^[<>]/&/p' "$scratch/diff"; } >&2
}

case ${1:-} in
list)
    list "${2:-include/goroleak.h}"
    ;;
check)
    scratch=$(mktemp -d) || exit 2
    trap 'rm -rf "$scratch"' EXIT
    symbols=${3:-src/lib/goroleak.symbols}
    list >"$scratch/header"
    exported "$2" >"$scratch/library"
    status=0
    differ "$symbols" "$scratch/header" \
        "< only in $symbols, > only in the header; run: make abi-list" &&
        status=1
    differ "$symbols" "$scratch/library" \
        "< only in $symbols, > only in $2" && status=1
    exit $status
    ;;
*)
    echo 'usage: abi.sh list [HEADER] | check LIBRARY [LIST]' >&2
    exit 2
    ;;
esac
