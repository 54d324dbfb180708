#!/bin/sh
# Snapshots: a line of JSON for each dump, which every command reads again.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

leaky=$PWD/fixtures/series/leaky
last=$(find "$leaky" -name '*.txt' | LC_ALL=C sort | tail -n 1)
profile=$PWD/fixtures/profile/go1.27/waits.pb.gz
written=$PWD/fixtures/snapshot/schema1.ndjson
enter_scratch

# shot FILE...: their snapshots, in shot.
shot() {
    "$goroleak" scan --format=snapshot "$@" >shot 2>"$err"
}

# clusters: those of the last run, without the dumps they came from and what a
# snapshot does not keep.
clusters() {
    sed -e '/^{"source":/d' -e 's/.*"clusters":\[/[/' -e 's/"ids":[^]]*],//' \
        -e 's/"labels":{[^{}]*\({[^{}]*}[^{}]*\)*},//' "$out"
}

for dump in "$last" "$profile" "$PWD"/fixtures/debug2/waits/*.txt; do
    try "scan of a snapshot is scan of ${dump##*/}"
    shot "$dump"
    is "$(wc -l <shot)" 1 lines
    run scan --format=json "$dump"
    clusters >want
    run scan --format=json shot
    exits 0
    says_nothing
    clusters >got
    same got want
done

try 'a snapshot of a snapshot is the same'
shot "$last"
mv shot first
"$goroleak" scan --format=snapshot first | sed 's/"source":"[^"]*"//' >second
sed 's/"source":"[^"]*"//' first >want
same second want

try 'what an earlier release wrote is read'
run scan --format=json "$last"
clusters >want
run scan --format=json "$written"
exits 0
clusters >got
same got want

try 'trend of a series in one file, with its times'
shot "$leaky"
is "$(wc -l <shot)" 12 lines
run trend --format=json "$leaky"
sed '/^{"source":/d' "$out" >want
run trend --format=json shot
exits 1
sed '/^{"source":/d' "$out" >got
same got want

try 'packed, in pieces, on standard input'
gzip -c shot >shot.gz
run trend --format=json shot.gz
exits 1
sed '/^{"source":/d' "$out" >got
same got want
{ head -c 5 shot; sleep 0.1; tail -c +6 shot; } |
    "$goroleak" trend --format=json >"$out" 2>"$err"
sed '/^{"source":/d' "$out" >got
same got want

try 'diff and assert'
sed -n 1p shot >before
sed -n '$p' shot >after
run diff before after
exits 0
prints 'main.fetchWithTimeout.func1'
run assert --baseline=before after
exits 1
run assert --baseline=after after
exits 0

try 'a history goes out and into another one'
run record --history=one.db --instance=api "$leaky"
exits 0
run history --history=one.db export
exits 0
cp "$out" exported
is "$(wc -l <exported)" 12 lines
is "$(grep -c '^{"goroleak":"snapshot","schema":1,"instance":"api"' exported)" \
    12 'that name their process'
run history --history=two.db import exported
exits 0
run trend --history=one.db --instance=api --format=json
cp "$out" want
run trend --history=two.db --instance=api --format=json
exits 1
cp "$out" got
same got want
run history --history=two.db import exported
run history --history=two.db list
prints '12 snapshots'
run history --history=two.db --instance=web export
exits 0
prints_nothing
run history --history=two.db import /nowhere
exits 2

try 'lines that are none are told, the rest is read'
{ sed -n 1p shot; echo '{"goroleak":"snapshot","schema":1'; echo; echo text
  echo '{"goroleak":"snapshot","schema":2,"clusters":[]}'; sed -n 2p shot; } >odd
run scan odd
exits 0
says 'odd:2: no snapshot that can be read'
says 'odd:4: no snapshot that can be read'
says 'odd:5: no snapshot that can be read'
prints 'from 2 dumps'

try 'an import that a line is missing of has failed, and has the rest'
run history --history=half.db import odd
exits 2
says 'odd:2: no snapshot that can be read'
run history --history=half.db list
prints '2 snapshots'

try 'lines that another program wrote, with spaces'
sed 's/^{"goroleak":"snapshot",/{"goroleak": "snapshot", /' shot >spaced
run scan --format=json shot
cp "$out" want
for bytes in 1 13 4096; do
    dd if=spaced bs=$bytes 2>"$err" | "$goroleak" scan --format=json - >got 2>"$err"
    cmp -s got want || fault "in pieces of $bytes"
done

try 'odd members: nothing is made up, nothing breaks'
while read -r line; do
    printf '{"goroleak":"snapshot","schema":1,%s}\n' "$line" >odd
    run scan odd
    is "$([ "$status" = 0 ] || [ "$status" = 2 ] && echo fine)" fine "$line"
    harmless "$out"
done <<'END'
"clusters":[]
"clusters":{}
"clusters":[1,null,"x",[]]
"clusters":[{"count":5}]
"clusters":[{"count":-5,"frames":[]}]
"clusters":[{"count":99999999999999,"frames":[]}]
"clusters":[{"count":1,"frames":[{"function":"a.b\u001b[31m","file":"\u202e","line":-3}]}]
"clusters":[{"count":1,"frames":[{"function":1}]}]
"clusters":[{"ids":["x",-1,1.5,9223372036854775807],"frames":[],"states":{"a":-1,"b":99}}]
"dump":{"time":"9999-99-99T99:99:99Z","form":7,"damaged":-1},"clusters":[{"count":1,"frames":[]}]
"dump":[],"instance":7,"clusters":[{"count":1,"frames":[],"created_by":{}}]
END

try 'it is a format of scan only'
run trend --format=snapshot "$leaky"
exits 2

finish
