#!/bin/sh
# OpenMetrics: what Prometheus reads, and alerts on it.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

leaky=$PWD/fixtures/series/leaky
last=$(find "$leaky" -name '*.txt' | LC_ALL=C sort | tail -n 1)
prometheus=$PWD/integrations/prometheus
grafana=$PWD/integrations/grafana/goroleak.json
dashboard=$PWD/tests/support/dashboard.py
profile=$PWD/fixtures/profile/go1.27/waits.pb.gz
memory=$PWD/fixtures/memory
have_promtool=$(command -v promtool || :)
enter_scratch

# valid: the last run printed what Prometheus takes.
valid() {
    is "$(tail -n 1 "$out")" '# EOF' 'last line'
    is "$(grep -v '^#' "$out" | sed 's/ [^ ]*$//' | sort | uniq -d)" '' twice
    [ -z "$have_promtool" ] || promtool check metrics <"$out" >lint 2>&1 ||
        fault "promtool: $(cat lint)"
}

try 'scan'
run scan --format=openmetrics "$last"
exits 0
valid
prints 'goroleak_goroutines{process="",state="chan send"} 84'
prints 'goroleak_stacks{process=""} 11'
prints 'goroleak_dump_truncated{process=""} 0'
lacks "$out" 'goroleak_leaks'
total=$(sed -n 's/^goroleak_goroutines{.*} //p' "$out" | awk '{ n += $1 } END { print n }')
is "$total" "$(grep -c '^goroutine ' "$last")" 'goroutines in all'

try 'the memory of a process whose heap profile lies beside'
run trend --format=openmetrics "$memory"/*.txt
exits 1
valid
prints 'goroleak_memory_bytes{process="",kind="heap_inuse"} 34447360'
prints 'goroleak_memory_bytes{process="",kind="sys"} 41785608'
run trend --format=openmetrics --heap "$memory"
exits 2
says '--format=openmetrics is of goroutines'

try 'a profile tells no states'
run scan --format=openmetrics "$profile"
exits 0
valid
prints 'goroleak_goroutines{process="",state=""} '

try 'a dump that is cut'
head -c 9000 "$last" >cut.txt
run scan --format=openmetrics cut.txt
valid
prints 'goroleak_dump_truncated{process=""} 1'
prints 'goroleak_dump_damaged_goroutines{process=""} 1'

try 'trend'
run trend --format=openmetrics "$leaky"
exits 1
valid
prints 'goroleak_leaks{process=""} 2'
prints 'function="main.fetchWithTimeout.func1",file="example.com/leaky/main.go",line="51",state="chan send"} 84'
prints 'goroleak_leak_growth_per_hour{'

try 'trend of several processes'
mkdir a b
cp "$leaky"/*.txt a
for file in "$leaky"/*.txt; do cp "$last" "b/${file##*/}"; done
run trend --instance='^([ab])/' --format=openmetrics a b
exits 1
valid
prints 'goroleak_leaks{process="a"} 2'
prints 'goroleak_leaks{process="b"} 0'

try 'names that a dump chose'
{
    printf 'goroutine 1 [chan "x\\y"]:\nmain.f\033[31m(...)\n'
    printf '\t/src/\377a\\b.go:1 +0x1\n'
} >odd.txt
run scan --format=openmetrics odd.txt
exits 0
valid
prints 'state="chan \"x\\y\""} 1'

try 'check'
n=0
for file in "$leaky"/*.txt; do
    n=$((n + 1))
    run check --history=h.db --instance=api --format=openmetrics \
        --now="$(printf '2026-05-01T%02d:00:00Z' $n)" --mode=0644 \
        --output=api.prom "$file"
    cp api.prom "$out"
    valid
done
exits 1
prints_exactly=$(grep -c '^goroleak_leak_goroutines{process="api",' api.prom)
is "$prints_exactly" 2 'leaks, though they are no news'
# shellcheck disable=SC2012 # a name of ours
is "$(ls -l api.prom | cut -c 1-10)" '-rw-r--r--' mode

try 'check: what is silenced is not told'
signature=$(sed -n 's/^goroleak_leak_goroutines.*signature="\([^"]*\)".*/\1/p' \
    api.prom | head -n 1)
run silence --history=h.db --why=known "$signature"
exits 0
run check --history=h.db --instance=api --format=openmetrics \
    --now=2026-05-02T00:00:00Z "$last"
exits 1
valid
prints 'goroleak_leaks{process="api"} 1'
lacks "$out" "$signature"

try '--mode: the default is for the owner only'
run scan --output=report.txt "$last"
# shellcheck disable=SC2012
is "$(ls -l report.txt | cut -c 1-10)" '-rw-------' mode
for bad in 8 999 rw '' -1 0x1; do
    run scan --mode="$bad" "$last"
    exits 2
    says 'an octal number such as 0644'
done

try 'it is no format of diff and assert'
run diff --format=openmetrics "$last" "$last"
exits 2
run assert --format=openmetrics "$last"
exits 2

try 'alert rules'
if [ -n "$have_promtool" ]; then
    (cd "$prometheus" && promtool check rules goroleak.rules.yml &&
        promtool test rules goroleak.test.yml) >alerts 2>&1 ||
        fault "$(cat alerts)"
else
    skip 'no promtool'
fi

try 'every metric of rules and dashboard is one that is written'
grep -o -h 'goroleak_[a-z_]*' "$prometheus/goroleak.rules.yml" "$grafana" |
    sort -u >used
while read -r metric; do
    has api.prom "# TYPE $metric gauge"
done <used

try 'each query of the dashboard is one, of labels that are written'
if command -v python3 >/dev/null; then
    python3 "$dashboard" "$grafana" api.prom >queries.yml 2>asked ||
        fault "$(cat asked)"
    [ -z "$have_promtool" ] || promtool check rules queries.yml >asked 2>&1 ||
        fault "$(cat asked)"
    sed 's/{{function}}/{{func}}/; s/by (state)/by (status)/' "$grafana" >wrong.json
    python3 "$dashboard" wrong.json api.prom >queries.yml 2>asked &&
        fault 'a label that no metric has is taken'
    is "$(sed 's/.*: //' asked | sort -u | tr '\n' ';')" 'no label func;no label status;' complaints
else
    skip 'no python3'
fi

finish
