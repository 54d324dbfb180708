#!/bin/sh
# Tests of tests/run.sh: nothing that goes wrong may look like a pass.
set -u

scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
passed=0 failed=0

# program NAME LINE...: a stand-in for a test program.
program() {
    name=$1
    shift
    { echo '#!/bin/sh'; printf '%s\n' "$@"; } >"$scratch/$name"
    chmod +x "$scratch/$name"
}

# wants STATUS LAST_LINE NAME...: what run.sh makes of these programs.
wants() {
    status=$1 last=$2
    shift 2
    for name in "$@"; do
        shift
        set -- "$@" "$scratch/$name"
    done
    TEST_TIMEOUT=1 WRAPPER='' sh tests/run.sh "$@" >"$scratch/out" 2>&1
    got=$?
    if [ $got -eq "$status" ] && [ "$(tail -n 1 "$scratch/out")" = "$last" ]
    then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $* gave status $got, and:"
        cat "$scratch/out"
    fi
}

program good "echo '[  PASSED  ] 3 test(s).' >&2"
program skips "echo '[  PASSED  ] 1 test(s).'" \
    "echo '[  SKIPPED ] 2 test(s), listed below:'" \
    "echo '[  SKIPPED ] test_x'"
program bad "echo '[  PASSED  ] 2 test(s).'" \
    "echo '[  FAILED  ] 1 test(s), listed below:'" \
    "echo '[  FAILED  ] test_x'" 'exit 1'
program crash "echo '[  PASSED  ] 2 test(s).'" 'kill -SEGV $$'
program leak "echo '[  PASSED  ] 2 test(s).'" 'exit 99'
program silent 'exit 0'
program slow 'sleep 9'
program good.sh "echo '4 passed, 0 failed'"
program skips.sh "echo 'skipped: no g++'" "echo '4 passed, 0 failed, 1 skipped'"
program bad.sh "echo '4 passed, 2 failed'" 'exit 1'
program lies.sh "echo '4 passed, 0 failed'" 'exit 1'
program stops.sh "echo '4 passed, 0 failed'" 'echo more'

wants 0 '3 passed, 0 failed' good
wants 0 '7 passed, 0 failed' good good.sh
wants 0 '1 passed, 0 failed, 2 skipped' skips
wants 0 '7 passed, 0 failed, 1 skipped' good skips.sh
wants 1 '5 passed, 1 failed' good bad
wants 1 '5 passed, 1 failed' good crash
wants 1 '5 passed, 1 failed' good leak
wants 1 '3 passed, 1 failed' good silent
wants 1 '4 passed, 2 failed' bad.sh
wants 1 '4 passed, 1 failed' lies.sh
wants 1 '0 passed, 1 failed' stops.sh
wants 1 '0 passed, 1 failed' missing
wants 1 '0 passed, 0 failed'
if command -v timeout >/dev/null; then
    wants 1 '3 passed, 1 failed' slow good
fi

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
