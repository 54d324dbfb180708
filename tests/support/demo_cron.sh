#!/bin/sh
# make demo-cron: what an operator sees of a leak that begins in the middle and
# that a restart ends.  Where Go is there, of a small server that runs; else of
# real dumps, with their own times for the clock.
set -eu
cd "$(dirname "$0")/../.."
series=fixtures/series/leaky
goroleak=${GOROLEAK:-$PWD/build/goroleak}
scratch=$(mktemp -d)
server=
trap 'kill $server 2>/dev/null || true; rm -rf "$scratch"' EXIT

# check TIME FILE|URL [OPTION...]: one run of the cron job.
check() {
    echo "--- $1: goroleak check"
    time=$1
    shift
    "$goroleak" check --history="$scratch/api.db" --now="$time" "$@" || true
}

# ------------------------------------------------------------- a real server

start() {
    "$scratch/server" <"$scratch/stop" >"$scratch/url" &
    server=$!
    until [ -s "$scratch/url" ]; do sleep 0.1; done
    url=$(cat "$scratch/url")
}

# customers N: so many ask for a quote, each of which leaks a goroutine; their
# answers are no dumps.
customers() {
    n=$1
    while [ "$n" -gt 0 ]; do
        "$goroleak" scan --quiet "$url/quote" 2>/dev/null || true
        n=$((n - 1))
    done
}

live() {
    mkfifo "$scratch/stop"
    exec 8<>"$scratch/stop"
    start
    for hour in 00 01 02 03 04 05 06 07 08 09; do
        case $hour in
        0[0-2]) ;;
        0[3-5]) customers 5 ;;
        *) customers 1 ;;
        esac
        check "2026-11-23T$hour:00:00Z" "$url" --remind=4h
    done
    kill "$server"
    wait "$server" 2>/dev/null || true
    echo '    (the server is restarted, and nobody asks for quotes any more)'
    : >"$scratch/url"
    start
    for hour in 10 11; do
        check "2026-11-23T$hour:00:00Z" "$url" --remind=4h
    done
}

# ------------------------------------------------------------- a recorded one

# without_leak FILE: the dump as it were if nothing had leaked.
without_leak() {
    awk 'BEGIN { RS = ""; ORS = "\n\n" } !/main.fetchWithTimeout/' "$1"
}

# Of one leak only, which the first three dumps do not have yet.
recorded() {
    n=0
    for file in "$series"/*.txt; do
        n=$((n + 1))
        dump=$scratch/${file##*/}
        if [ $n -le 3 ]; then without_leak "$file"; else cat "$file"; fi >"$dump"
        [ $n -lt 12 ] || break
        check "$(echo "${file##*/}" | sed 's/\(....\)\(..\)\(..\)T\(..\)\(..\)\(..\)Z.txt/\1-\2-\3T\4:\5:\6Z/')" \
            "$dump" --remind=7m --only='any:^main[.]fetchWithTimeout'
    done
    # The process after a fixed build was deployed: younger ids, no leak.
    first=$(find "$series" -name '*.txt' | LC_ALL=C sort | head -n 1)
    without_leak "$first" >"$scratch/20261123T070000Z.txt"
    echo '    (a fixed build is deployed)'
    check 2026-11-23T07:00:00Z "$scratch/20261123T070000Z.txt" --remind=7m \
        --only='any:^main[.]fetchWithTimeout'
}

if command -v go >/dev/null &&
    (cd integrations/cmocka/server && go build -o "$scratch/server" .) 2>/dev/null; then
    live
else
    recorded
fi
