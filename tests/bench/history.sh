#!/bin/sh
# history.sh: what do a long history and a check on it cost?  Run by
# `make bench-history`; prints a line for each length.
#
#   GOROLEAK    the program (build/goroleak)
#   FILL        the program that fills a history (build/bench/history)
#   SNAPSHOTS   the lengths (100 1000 10000)
#   SIGNATURES, GOROUTINES, GAP   of each snapshot (300 5000 5000), see history.c
#   ROUNDS      checks of which the median is taken (5)
set -eu
cd "$(dirname "$0")/../.."
goroleak=${GOROLEAK:-build/goroleak}
fill=${FILL:-build/bench/history}
tmp=$(mktemp -d "${TMPDIR:-/tmp}/goroleak-bench.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' HUP INT TERM

${CC:-cc} -std=c11 -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64 -O2 \
    -o "$tmp/measure" tests/bench/measure.c

# round N: one check, with a goroutine more each time, and what it cost.
round() {
    printf 'goroutine %d [running]:\nmain.main()\n\t/src/main.go:7 +0x1\n\n' \
        $((1 + $1)) >>"$tmp/dump.txt"
    "$tmp/measure" "$goroleak" check --history "$tmp/h.db" \
        --now "2027-01-0$1T00:00:00Z" "$tmp/dump.txt"
}

# median COLUMN: of the rounds.
median() {
    sort -n -k "$1" "$tmp/rounds" | awk -v c="$1" '{ v[NR] = $c } END { print v[int((NR + 1) / 2)] }'
}

printf '%10s %12s %12s %10s %10s\n' snapshots 'fill s' 'file MiB' 'check s' 'peak MiB'
for n in ${SNAPSHOTS:-100 1000 10000}; do
    rm -f "$tmp"/h.db*
    cost=$("$tmp/measure" --stdout "$tmp/dump.txt" "$fill" "$tmp/h.db" "$n" "${SIGNATURES:-300}" "${GOROUTINES:-5000}" \
        "${GAP:-5000}")
    case $cost in *' 0') ;; *) echo "history.sh: $fill: $cost" >&2 && exit 2 ;; esac
    size=$(wc -c <"$tmp/h.db")
    i=0
    while [ $i -lt "${ROUNDS:-5}" ]; do
        i=$((i + 1))
        round $i >>"$tmp/rounds"
    done
    echo "$n $(echo "$cost" | cut -d' ' -f1) $size $(median 1) $(median 4)" | awk '{
        printf "%10d %12.1f %12.1f %10.2f %10.1f\n",
            $1, $2 / 1e9, $3 / 1048576, $4 / 1e9, $5 / 1024 }'
    rm "$tmp/rounds"
done
