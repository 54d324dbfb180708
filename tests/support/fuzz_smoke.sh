#!/bin/sh
# Run each fuzzer for FUZZ_SECONDS, from the fixtures as seeds.
#
#   fuzz_smoke.sh FUZZER...
#
# New inputs gather in build/fuzz/corpus; a finding is left in build/fuzz, and
# becomes a fixture with its fix.
set -u

[ $# -gt 0 ] || { echo 'fuzz-smoke: no fuzzer in tests/fuzz' >&2; exit 1; }
dir=build/fuzz
seconds=${FUZZ_SECONDS:-60}

rm -rf $dir/seeds
mkdir -p $dir/seeds
n=0
find fixtures -type f -size -128k ! -path '*/src/*' ! -name '*.json' |
    LC_ALL=C sort | while read -r file; do
    n=$((n + 1))
    cp "$file" "$dir/seeds/$n"
done
dict=$(find tests/fuzz -name '*.dict' | head -n 1)

status=0
for fuzzer in "$@"; do
    name=$(basename "$fuzzer")
    mkdir -p "$dir/corpus/$name"
    echo "fuzz-smoke: $name, $seconds s"
    "$fuzzer" -max_total_time="$seconds" -max_len=65536 -timeout=20 \
        -rss_limit_mb=2048 -print_final_stats=1 ${dict:+-dict="$dict"} \
        -artifact_prefix="$dir/$name-" \
        "$dir/corpus/$name" $dir/seeds >"$dir/$name.log" 2>&1 || {
        tail -n 80 "$dir/$name.log"
        status=1
    }
    grep number_of_executed_units "$dir/$name.log"
done
exit $status
