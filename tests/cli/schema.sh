#!/bin/sh
# Every command's JSON is as docs/schema says, with no key that is not there.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

schema=$PWD/docs/schema/goroleak-1.json
enter_scratch

# The first Python that can tell.
for python in python3 /usr/bin/python3 ''; do
    "${python:-true}" -c 'import jsonschema; jsonschema.Draft202012Validator' 2>/dev/null && break
done
if [ -z "$python" ]; then
    skip 'JSON by its schema: no python3 with jsonschema'
    finish
fi

# What the schema allows for the sake of later versions this one may not print:
# keys that are not named.  (tests/cli/json.sh looks at their order.)
cat >validate.py <<'END'
import json, sys
import jsonschema

with open(sys.argv[1], encoding="utf-8") as f:
    schema = json.load(f)
jsonschema.Draft202012Validator.check_schema(schema)


def strict(node):
    if isinstance(node, dict):
        if node.get("type") == "object" and "properties" in node:
            node["unevaluatedProperties"] = False
        for value in node.values():
            strict(value)
    elif isinstance(node, list):
        for value in node:
            strict(value)


strict(schema)
validator = jsonschema.Draft202012Validator(schema)
failed = False
for path in sys.argv[2:]:
    with open(path, encoding="utf-8") as f:
        texts = f.read()
    for text in texts.splitlines() if texts.startswith('{"goroleak"') else [texts]:
        value = json.loads(text)
        error = jsonschema.exceptions.best_match(validator.iter_errors(value))
        if error is not None:
            place = "/".join(map(str, error.absolute_path))
            print("%s: %s: %s" % (path, place, error.message[:300]))
            failed = True
sys.exit(failed)
END

n=0
# keep WORDS...: run, and keep what it prints to be validated.
keep() {
    run "$@"
    n=$((n + 1))
    printf '%s\n' "goroleak $*" >"said.$n"
    cp "$out" "json.$n"
    [ -s "$out" ] || fault "prints nothing: $*: $(head -n 1 "$err")"
}

# are_valid WORDS...: all that was kept since the last time.
are_valid() {
    try "$@"
    [ $n -gt 0 ] || fault 'nothing to validate'
    "$python" validate.py "$schema" json.* >why 2>&1 || {
        fault "$(head -n 3 why)"
        wrong_one=$(sed -n '1s/^json\.\([0-9]*\):.*/\1/p' why)
        [ -z "$wrong_one" ] || fault "$(cat "said.$wrong_one")"
    }
    rm -f json.* said.*
    n=0
}

leaky=fixtures/series/leaky
first=$leaky/20261123T062012Z.txt
last=$leaky/20261123T063833Z.txt
waits=fixtures/debug2/waits/go1.27.txt

try 'a key that is not named, and one that is missing, are found'
"$goroleak" scan --format=json "$first" >"$out"
sed 's/"locked":/"lokked":1,&/' "$out" >named
sed 's/"locked":[0-9]*,//' "$out" >less
for wrong_one in named less; do
    "$python" validate.py "$schema" $wrong_one >why 2>&1 && fault "passes: $wrong_one"
done

for file in fixtures/cases/*.txt fixtures/*/*/*.txt fixtures/profile/*.gz; do
    "$goroleak" scan --format=json "$file" >"$out" 2>"$err" || continue
    n=$((n + 1))
    echo "goroleak scan $file" >said.$n
    cp "$out" json.$n
done
[ $n -gt 150 ] || n=0
are_valid 'scan: every fixture'

keep scan --format=json "$first" "$waits"
keep scan --format=json --only=top:nothing "$last"
for group in function location creator state calls label:job; do
    keep scan --format=json --group-by=$group "$waits"
done
keep scan --format=snapshot "$first" "$waits"
keep scan --format=snapshot fixtures/parity/standard.txt
are_valid 'scan: groups, nothing, snapshots'

keep diff --format=json "$first" "$last"
keep diff --format=json "$last" "$first"
keep diff --format=json "$first" "$waits"
keep trend --format=json "$leaky"
keep trend --format=json --all "$leaky"
keep trend --format=json --only=top:nothing "$leaky"
keep trend --format=json fixtures/memory
keep trend --format=json --heap --all fixtures/memory
are_valid 'diff and trend'

keep assert --format=json "$last"
keep assert --format=json --baseline="$first" "$last"
keep assert --format=json --ignore=state:. "$last"
keep assert --format=json fixtures/assert/tests_parallel.txt
are_valid 'assert'

signature=$("$goroleak" assert --top=1 --format=json "$last" |
    sed -n 's/^{"signature":"\([0-9a-f]*\)".*/\1/p')
keep explain --format=json
keep explain --format=json 'chan send'
keep explain --format=json "$signature" "$first" "$last"
keep explain --format=json 8cc1b4552cec fixtures/profile/go1.27/waits.txt
are_valid 'explain'

for round in 1 2 3 4 5 6; do
    { main_goroutine; goroutines 10 $((round * 3)) 'chan send' main.leak; } >dump.txt
    keep check --format=json --history=h.db --now="2026-05-01T0$round:00:00Z" dump.txt
done
{ main_goroutine; goroutines 10 60 'chan send' main.leak; } >dump.txt
keep check --format=json --history=h.db --now=2026-05-01T08:00:00Z dump.txt
keep check --format=json --history=h.db --now=2026-06-01T08:00:00Z dump.txt
main_goroutine >dump.txt
keep check --format=json --history=h.db --now=2026-06-01T09:00:00Z dump.txt
kinds=$(grep -h -o '"news":"[^"]*"' json.* | sort -u | tr '\n' ' ')
are_valid 'check'
is "$kinds" '"news":"found" "news":"resolved" "news":"still open" "news":"worse" ' 'kinds of news'

signature=$("$goroleak" history --history=h.db --format=json show 3 |
    sed -n 's/^{"signature":"\([0-9a-f]*\)".*/\1/p' | head -n 1)
keep history --history=h.db --format=json list
keep history --history=h.db --format=json --all list
keep history --history=h.db --format=json show
keep history --history=h.db --format=json show "$signature"
keep history --history=h.db --format=json verify
keep silence --history=h.db --format=json
run silence --history=h.db --until=2030-01-01 --why='known' "$signature"
run silence --history=h.db ffffffff
keep silence --history=h.db --format=json
keep silence --history=h.db --format=json --now=2031-01-01T00:00:00Z
number=$("$goroleak" history --history=h.db list --all | sed -n 's/^ *\([0-9]*\) .*/\1/p' | head -n 1)
keep history --history=h.db --format=json drop "$number"
keep history --history=h.db --format=json --keep=1d --now=2026-06-01T09:00:00Z prune
keep history --history=h.db export
are_valid 'history'

finish
