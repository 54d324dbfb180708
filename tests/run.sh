#!/bin/sh
# Run test programs and scripts; sum up what they say.
#
#   run.sh TEST...
#
# A cmocka program is counted by its "[  PASSED  ] N test(s)" lines, a script
# (*.sh) by its last line, "N passed, N failed" with ", N skipped" if any.
# One that crashes, says nothing of tests, or fails without a failed test
# counts as one failed test.  TEST is a path with a slash in it; WRAPPER, such
# as Valgrind, goes before each program.
# The last line is the sum; exit status 1 if any failed or none passed.
set -u

scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
unset CMOCKA_MESSAGE_OUTPUT CMOCKA_XML_FILE CMOCKA_TEST_FILTER
limit=
if command -v timeout >/dev/null; then
    limit="timeout ${TEST_TIMEOUT:-600}"
fi

# "PASSED FAILED SKIPPED" of the output in $1.
count_cmocka() {
    awk '/^\[  (PASSED|FAILED|SKIPPED) *\] [0-9]+ test\(s\)/ {
             n[$2] += $4 }
         END { print n["PASSED"] + 0, n["FAILED"] + 0, n["SKIPPED"] + 0 }' "$1"
}

count_script() {
    tail -n 1 "$1" | awk '
        /^[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?$/ {
            print $1, $3, $5 + 0; found = 1 }
        END { if (!found) print 0, 0, 0 }'
}

# shellcheck disable=SC2086 # limit and WRAPPER are several words
run() {
    case $1 in
    *.sh) $limit "$1" ;;
    *) $limit ${WRAPPER:-} "$1" ;;
    esac
}

passed=0 failed=0 skipped=0
for test in "$@"; do
    log=$scratch/log
    run "$test" >"$log" 2>&1 </dev/null
    status=$?
    case $test in
    *.sh) counts=$(count_script "$log") ;;
    *) counts=$(count_cmocka "$log") ;;
    esac
    # shellcheck disable=SC2086 # three numbers
    set -- $counts
    p=$1 f=$2 s=$3
    note=
    if [ $status -eq 124 ] && [ -n "$limit" ]; then
        note=', took too long'
    elif [ $status -gt 128 ]; then
        note=", died on signal $((status - 128))"
    elif [ $status -ne 0 ] && [ "$f" -eq 0 ]; then
        note=", exit status $status"
    elif [ $((p + f + s)) -eq 0 ]; then
        note=', no tests in it'
    fi
    [ -z "$note" ] || f=$((f + 1))

    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    name=${test#"$PWD"/}
    if [ "$f" -gt 0 ]; then
        sed 's/^/    /' "$log"
        echo "FAILED $name: $p passed, $f failed$note"
    else
        echo "ok     $name: $p passed"
        awk '/^skip/ { print "    " $0 }
             /^\[  SKIPPED \] [0-9]+ test/ { listed = 1; next }
             listed && /^\[  SKIPPED \]/ { print "    skipped: " $4 }' "$log"
    fi
done

echo "$passed passed, $failed failed$([ $skipped -eq 0 ] ||
    echo ", $skipped skipped")"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
