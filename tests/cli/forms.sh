#!/bin/sh
# Assertions for the machines that run tests: JUnit, TAP, SARIF, GitHub.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

enter_scratch
{
    main_goroutine
    goroutines 10 5 'chan receive' main.work
    goroutine 20 'select' 'main.f<T>&"x"%%#y'
} >dump.txt
main_goroutine >clean.txt

# valid_xml: by what is there.
valid_xml() {
    if command -v xmllint >/dev/null; then
        xmllint --noout "$out" 2>"$err" || wrong='no XML'
    elif command -v python3 >/dev/null; then
        python3 -c 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])' \
            "$out" 2>"$err" || wrong='no XML'
    else
        skip 'XML: neither xmllint nor python3'
    fi
}

try 'JUnit: a test case a leak'
run assert --format=junit --path-map /src/app/=app/ dump.txt
exits 1
prints '<testsuite tests="2" failures="2" name="dump.txt">'
prints 'name="app/main.go:20 #'
prints 'message="5 goroutines leaked in main.work, chan receive"'
prints 'main.f&lt;T&gt;&amp;&quot;x&quot;'
valid_xml

try 'JUnit: none, which passes'
run assert --format=junit clean.txt
exits 0
prints '<testsuite tests="1" failures="0" name="clean.txt">'
valid_xml

try 'TAP'
run assert --format=tap dump.txt
exits 1
prints '1..2'
prints 'not ok 1 - 5 goroutines leaked in main.work, chan receive'
prints '\#y'
run assert --format=tap clean.txt
exits 0
prints 'ok 1 - no goroutine leaks'

if command -v prove >/dev/null; then
    try 'TAP: prove reads it'
    "$goroleak" assert --format=tap dump.txt >dump.tap
    "$goroleak" assert --format=tap clean.txt >clean.tap
    prove -e cat clean.tap >proved 2>&1 || wrong='prove fails a clean one'
    prove -e cat dump.tap >proved 2>&1 && wrong='prove passes a leak'
    has proved 'Tests: 2 Failed: 2'
    grep -q 'Parse errors' proved && wrong='prove cannot read it'
else
    skip 'TAP: no prove'
fi

try 'SARIF'
run assert --format=sarif dump.txt
exits 1
prints '"version":"2.1.0"'
prints '"uri":"file:///src/app/main.go"},"region":{"startLine":20}'
prints '"partialFingerprints":{"goroleakSignature/v1":"'
if command -v python3 >/dev/null; then
    python3 -c 'import sys, json; json.load(open(sys.argv[1]))' "$out" \
        2>"$err" || wrong='no JSON'
fi
run assert --format=sarif clean.txt
exits 0
prints '"results":[]'

try 'SARIF: the fingerprint is the signature of scan'
signature=$("$goroleak" scan --format=json dump.txt |
    sed -n 's/^{"signature":"\([0-9a-f]*\)","count":5,.*/\1/p')
"$goroleak" assert --format=sarif dump.txt >"$out"
prints "\"goroleakSignature/v1\":\"$signature\""

try 'GitHub: an annotation where it is blocked'
run assert --format=github --path-map /src/app=service dump.txt
exits 1
prints '::error file=service/main.go,line=20,title=goroutine leak::5 goroutines leaked in main.work'
[ "$(wc -l <"$out")" = 2 ] || wrong='not two lines'
run assert --format=github clean.txt
exits 0
prints_nothing

try 'only assertions have them'
for command in scan diff trend; do
    run "$command" --format=junit dump.txt dump.txt
    exits 2
    says "'junit' is not"
done

try '--path-map that is none'
for bad in x =y ''; do
    run assert --path-map "$bad" dump.txt
    exits 2
done
finish
