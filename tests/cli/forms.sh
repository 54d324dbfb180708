#!/bin/sh
# Assertions for the machines that run tests: JUnit, TAP, SARIF, GitHub.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

support=$PWD/tests/support
schemas=$PWD/fixtures/schemas
waits=$PWD/fixtures/debug2/waits/go1.27.txt
enter_scratch
{
    main_goroutine
    goroutines 10 5 'chan receive' main.work
    goroutine 20 'select' 'main.f<T>&"x"%%#y'
} >dump.txt
main_goroutine >clean.txt

# valid_xml: by the schema of Jenkins, and by one that asks for what Ant's does.
valid_xml() {
    command -v xmllint >/dev/null || return 0
    for schema in "$schemas/jenkins-junit-10.xsd" "$support/junit.xsd"; do
        xmllint --noout --schema "$schema" "$out" 2>"$err" ||
            fault "no JUnit report by ${schema##*/}: $(head -n 1 "$err")"
    done
}
command -v xmllint >/dev/null || skip 'JUnit by its schemas: no xmllint'

# The first Python that can tell whether JSON is as a schema says.
for python in python3 /usr/bin/python3 ''; do
    "${python:-true}" -c 'import jsonschema' 2>/dev/null && break
done
[ -n "$python" ] || skip 'SARIF by its schema: no python3 with jsonschema'

# valid_sarif: by its schema; and no URI has a byte that must be escaped.
valid_sarif() {
    [ -n "$python" ] || return 0
    "$python" -c '
import json, jsonschema, re, sys
schema, report = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:])
jsonschema.Draft4Validator.check_schema(schema)
jsonschema.Draft4Validator(schema).validate(report)
for result in report["runs"][0]["results"]:
    for place in result["locations"]:
        uri = place["physicalLocation"]["artifactLocation"]["uri"]
        if not re.fullmatch(r"([!#-;=?-Z_a-z~]|%[0-9A-F]{2})+", uri):
            raise ValueError("a URI: " + ascii(uri))
' "$schemas/sarif-2.1.0-rtm.5.json" "$out" 2>"$err" ||
        fault "no SARIF: $(grep -m1 Error "$err")"
}

try 'JUnit: a test case a leak'
run assert --format=junit --path-map /src/app/=app/ dump.txt
exits 1
prints '<testsuite id="0" package="goroleak" name="dump.txt" timestamp="'
prints 'tests="2" failures="2" errors="0"'
prints 'name="app/main.go:20 #'
prints 'message="5 goroutines leaked in main.work, chan receive"'
prints 'main.f&lt;T&gt;&amp;&quot;x&quot;'
valid_xml

try 'JUnit: none, which passes'
run assert --format=junit clean.txt
exits 0
prints 'tests="1" failures="0" errors="0"'
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

try 'TAP 14, and 13, which differs in that line alone'
for dump in dump.txt clean.txt; do
    "$goroleak" assert --format=tap $dump >new.tap
    "$goroleak" assert --format=tap13 $dump >old.tap
    is "$(head -n 1 new.tap)" 'TAP version 14' version
    sed 's/^TAP version 14$/TAP version 13/' new.tap >renamed.tap
    same renamed.tap old.tap
done

# The one of npm, which knows version 14.
if command -v tap-parser >/dev/null; then
    try 'TAP: tap-parser reads it'
    "$goroleak" assert --format=tap dump.txt | tap-parser --strict -j 1 >parsed
    [ $? -eq 1 ] || fault 'tap-parser passes a leak'
    has parsed '"signature": "'
    has parsed '"stack": "main.work'
    "$goroleak" assert --format=tap clean.txt | tap-parser --strict >parsed ||
        fault 'tap-parser fails a clean one'
else
    skip 'TAP 14: no tap-parser'
fi

if command -v prove >/dev/null; then
    try 'TAP: prove reads it'
    "$goroleak" assert --format=tap13 dump.txt >dump.tap
    "$goroleak" assert --format=tap13 clean.txt >clean.tap
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
valid_sarif
run assert --format=sarif clean.txt
exits 0
prints '"results":[]'
valid_sarif

try 'SARIF: the fingerprint is the signature of scan'
signature=$("$goroleak" scan --format=json dump.txt |
    sed -n 's/^{"signature":"\([0-9a-f]*\)","count":5,.*/\1/p')
"$goroleak" assert --format=sarif dump.txt >"$out"
prints "\"goroleakSignature/v1\":\"$signature\""

# print_of FUNCTION LINE: what GitHub knows a leak again by.
print_of() {
    { main_goroutine; goroutine 7 select "$1" "$2"; } >one.txt
    "$goroleak" assert --format=sarif one.txt |
        sed -n 's/.*"primaryLocationLineHash":"\([0-9a-f]*\)".*/\1/p'
}

try 'SARIF: the fingerprint that GitHub looks at stays when lines move'
is "$(print_of main.work 20)" efae058692edf396 'as ever, on every machine'
is "$(print_of main.work 21)" "$(print_of main.work 20)" 'on another line'
[ "$(print_of main.work 20)" != "$(print_of main.other 20)" ] ||
    fault 'is that of another function'

try 'names that are hostile to all of them'
{
    main_goroutine
    printf 'goroutine 30 [select]:\nmain.]]>\033[31m\001\377\300.f<a b="c">&amp;()\n\t/src/a b\377%%zz/\302\205.go:0 +0x1\n\n'
    printf 'goroutine 32 [select]:\nmain.\357\277\276\357\277\277.g()\n\t/src/app/main.go:7 +0x1\n\n'
    printf 'goroutine 31 [<&">]:\n\346\227\245.\360\237\230\200()\n\t-:3 +0x1\n\n'
} >hostile.txt
for file in hostile.txt "$waits"; do
    run assert --format=junit "$file"
    exits 1
    valid_xml
    run assert --format=sarif "$file"
    exits 1
    valid_sarif
done

try 'GitHub: an annotation where it is blocked'
run assert --format=github --path-map /src/app=service dump.txt
exits 1
prints '::error file=service/main.go,line=20,title=goroutine leak::5 goroutines leaked in main.work'
[ "$(wc -l <"$out")" = 2 ] || wrong='not two lines'
run assert --format=github clean.txt
exits 0
prints_nothing

try 'a dump that is cut passes in none of them'
{ main_goroutine; printf 'goroutine 9 [sele'; } >cut.txt
unseen='no leak is in what is there, but the dump is cut off'
for form in junit tap tap13 sarif github text; do
    run assert --format=$form cut.txt
    exits 2
    case $form in
    junit) prints 'failures="0" errors="1"'; prints "<error type=\"unseen\" message=\"$unseen"; valid_xml ;;
    tap*) prints "not ok 1 - $unseen" ;;
    sarif) prints '"executionSuccessful":false'; prints "$unseen"; valid_sarif ;;
    github) prints "::error title=goroutine leak::$unseen" ;;
    text) prints 'not judged: the dump is cut off' ;;
    esac
done

try 'nor do leaks that --min-count hides'
for form in junit tap sarif github; do
    run assert --format=$form --min-count=9 dump.txt
    exits 1
    prints 'goroutines leaked, in stacks too small to be shown'
done

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
