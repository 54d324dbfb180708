#!/bin/sh
# make demo-cron: what an operator would have seen of a leak that a restart
# ends.  Replays real dumps with their own times for the clock.
set -eu
cd "$(dirname "$0")/../.."
series=fixtures/series/leaky
goroleak=$PWD/build/goroleak
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# check TIME FILE: one run of the cron job.
check() {
    echo "--- $1: goroleak check"
    "$goroleak" check --history="$scratch/api.db" --now="$1" --remind=7m \
        --only='any:^main[.]fetchWithTimeout' "$2" || true
}

for file in "$series"/*.txt; do
    name=${file##*/}
    time=$(echo "$name" | sed 's/\(....\)\(..\)\(..\)T\(..\)\(..\)\(..\)Z.txt/\1-\2-\3T\4:\5:\6Z/')
    check "$time" "$file"
    last=$time
done

# The process after a fixed build was deployed: younger ids, no leak.
for file in "$series"/*.txt; do
    awk 'BEGIN { RS = ""; ORS = "\n\n" } !/main.fetchWithTimeout/' "$file" \
        >"$scratch/20261123T070000Z.txt"
    break
done
echo "    (after $last a fixed build is deployed)"
check 2026-11-23T07:00:00Z "$scratch/20261123T070000Z.txt"
