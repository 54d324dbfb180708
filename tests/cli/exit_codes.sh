#!/bin/sh
# The exit statuses: 0 nothing to report, 1 leak found, 2 the job could not be
# done; and what is printed where.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

enter_scratch
dump=fixtures/debug2/waits/go1.27.txt
leaky=fixtures/series/leaky
first=$leaky/20261123T062012Z.txt
last=$leaky/20261123T063833Z.txt
cases=fixtures/cases
commands='scan diff trend assert'

{ main_goroutine; goroutines 5 3 select main.worker; } >pool.txt
{ main_goroutine; goroutines 5 9 select main.worker; } >grown.txt
{ main_goroutine; } >main.txt
i=1
while [ $i -le 6 ]; do
    cp pool.txt "steady-2026010${i}T000000Z.txt"
    i=$((i + 1))
done

# arguments COMMAND: files with which it finds something, so that it must
# print a report.
arguments() {
    case $1 in
    scan | assert) echo "$dump" ;;
    diff) echo "$first $last" ;;
    trend) echo "$leaky" ;;
    esac
}

# ------------------------------------------------- 0, 1 and 2 by command

try 'scan: a dump is nothing to report'
run scan "$dump"
exits 0
prints '32 goroutines in 29 stacks from 1 dump'
says_nothing

try 'scan: a whole series is no leak either'
run scan "$leaky"/*.txt
exits 0
prints 'from 12 dumps'

try 'scan: a file that is not there'
run scan missing.txt
exits 2
prints_nothing
says 'missing.txt: cannot open: No such file or directory'

try 'diff: nothing changed'
cp pool.txt same.txt
run diff pool.txt same.txt
exits 0
prints 'no stack changed'

try 'diff: growth without --fail'
run diff pool.txt grown.txt
exits 0
prints '+6  grew, 3 -> 9'

try 'diff: growth under --fail'
run diff --fail pool.txt grown.txt
exits 1
prints '+6  grew, 3 -> 9'

try 'diff: a new stack under --fail'
run diff --fail main.txt pool.txt
exits 1
prints '+3  new, 0 -> 3'

try 'diff: what only fell is no failure under --fail'
run diff --fail grown.txt pool.txt
exits 0
prints '-6  shrank, 9 -> 3'

try 'diff: what is gone is no failure under --fail'
run diff --fail pool.txt main.txt
exits 0
prints '-3  gone, 3 -> 0'

try 'diff: one of the two is not there'
run diff pool.txt missing.txt
exits 2
says 'missing.txt: cannot open'
says 'diff: needs two dumps'

try 'trend: a steady series'
run trend steady-*.txt
exits 0
prints 'no leak'

try 'trend: a leak'
run trend "$leaky"
exits 1
prints '2 leaks in '
prints 'LEAKING'
says_nothing

try 'trend: a leak, and a file that is not there'
run trend "$leaky" missing.txt
exits 2
prints 'LEAKING'
says 'missing.txt: cannot open'

try 'assert: nothing but excused goroutines'
run assert main.txt
exits 0
prints 'no leak'
says_nothing

try 'assert: a goroutine that no rule excuses'
run assert pool.txt
exits 1
prints 'leaked: 3 goroutines in 1 stack'
says_nothing

try 'assert: no FILE of that name'
run assert missing.txt
exits 2
says 'missing.txt: cannot open'

try 'assert: no baseline of that name'
run assert --baseline=missing.txt pool.txt
exits 2
prints_nothing
says 'missing.txt: cannot open'

try 'assert: a baseline without goroutines'
: >empty.txt
run assert --baseline=empty.txt pool.txt
exits 2
prints_nothing
says 'empty.txt: no goroutine in it'

try 'explain: a wait reason, and the list of them'
run explain 'chan send'
exits 0
prints 'chan send: '
prints 'fix: '
says_nothing
run explain
exits 0
prints 'chan receive '
says_nothing

try 'explain: what it does not know'
for what in 'chan' 'no such reason' '' 12345; do
    run explain "$what"
    exits 2
    prints_nothing
    says "explain: '$what' is neither a wait reason it knows nor a signature"
done
run explain 'chan send' "$dump"
exits 2
prints_nothing
says "'chan send' is no signature"

try 'explain: a wait reason as a header and a report have it'
for what in 'chan send, 3 minutes' '[chan send]:' '[chan send, 3 minutes]' \
    'chan send, 3 to 20 min'; do
    run explain "$what"
    exits 0
    prints 'chan send: the goroutine sends'
done

try 'explain: a wait reason that is misspelt'
run explain 'chan recieve'
exits 2
says "(did you mean 'chan receive'?); 'goroleak explain' lists wait reasons"

try 'explain: a signature, and no dump or none that has it'
run explain 0123456789ab missing.txt
exits 2
prints_nothing
says 'missing.txt: cannot open'
run explain 000000000000 "$dump"
exits 2
prints_nothing
says 'no stack with signature 000000000000'

try 'explain: a signature shows its group'
run scan --top=1 --only=any:main.poolWorker "$dump"
signature=$(sed -n 's/.*#\([0-9a-f]*\)$/\1/p' "$out")
for what in "$signature" "#$signature" "${signature%??????}"; do
    run explain "$what" "$dump"
    exits 0
    prints 'main.poolWorker'
    lacks "$out" main.nilChanReceive
    says_nothing
done

try 'explain: a signature is explained'
run explain "$signature" "$dump"
exits 0
prints 'chan receive: '
prints 'fix: '

# ------------------------------------------------------------ the usage

try 'no command: the usage, on standard error'
run
exits 2
prints_nothing
says 'usage: goroleak COMMAND'

try 'a command that does not exist'
run frobnicate
exits 2
prints_nothing
says "no command 'frobnicate'; see 'goroleak --help'"
says_lines 1

try 'a dump in place of a command'
for what in pool.txt . - http://localhost:6060; do
    run "$what"
    exits 2
    prints_nothing
    says "'$what' is no command"
    says "as in 'goroleak scan $what'"
    says_lines 1
done

for c in $commands; do
    try "$c: an option that does not exist"
    run "$c" --frobnicate "$dump"
    exits 2
    prints_nothing
    says "$c: option '--frobnicate' is not understood; see 'goroleak $c --help'"
    says_lines 1

    try "$c: a short option that does not exist"
    run "$c" -X "$dump"
    exits 2
    says "'-X' is not understood"
done

try 'a short option that does not exist, before one that does'
run scan -Xq "$dump"
exits 2
says "'-X"
lacks "$err" "'scan'"

try 'options of other commands'
for o in --fail --all --order=name --list-rules --baseline=x; do
    run scan $o "$dump"
    exits 2
    says "option '$o' is not understood"
done

try 'a file for the report of a command that has none'
for c in record unsilence; do
    run "$c" --history=x.db --output=report.txt "$dump"
    exits 2
    says "option '--output=report.txt' is not understood"
done

try 'a value for an option that takes none'
run trend --all=yes "$leaky"
exits 2
says "'--all=yes'"

# Every option that --help shows with a value, with none.
for c in $commands; do
    try "$c: options without their values"
    run "$c" --help
    sed -n 's/^ .*--\([a-z-]*\)=.*/\1/p' "$out" >values
    [ "$(wc -l <values)" -ge 8 ] || fault "options with values: $(cat values)"
    while read -r o; do
        run "$c" "$dump" "--$o"
        exits 2
        prints_nothing
        says "option '--$o' needs an argument; see 'goroleak $c --help'"
        says_lines 1
    done <values
    run "$c" "$dump" -o
    exits 2
    says "option '-o' needs an argument"
done

# bad COMMAND OPTION VALUE...: none of them will do, and the message says so.
bad() {
    command=$1 option=$2
    try "$command: bad values of --$option"
    shift 2
    for value in "$@"; do
        run "$command" "--$option=$value" "$dump"
        exits 2
        prints_nothing
        says "--$option: '$value' is not "
        says_lines 1
    done
}

bad scan min-count x '' -1 +1 ' 1' 1x 0x10 99999999999999999999
bad scan top x '' 0 -1 1.5 99999999999999999999
bad scan min-wait x '' 5y 5mm -5m m 1h30 99999999999999999999
bad scan group-by x '' stacks Stack label label:
bad scan format x '' xml TEXT 'text '
bad scan color x '' yes Always
bad trend order x '' time Name

for o in rule no-rule; do
    try "assert: a name that --$o does not know"
    for value in x '' MAIN 'main '; do
        run assert "--$o=$value" main.txt
        exits 2
        prints_nothing
        says "--$o: there is no built-in rule '$value'; --list-rules names them"
        says_lines 1
    done
done

try 'assert: two files'
run assert main.txt pool.txt
exits 2
prints_nothing
says 'takes one FILE, not 2; one to compare it with goes to --baseline'

try 'diff: no file, three files'
run diff
exits 2
says "needs two dumps, BEFORE and AFTER; see 'goroleak diff --help'"
run diff pool.txt grown.txt main.txt
exits 2
says 'needs two dumps'

try 'diff: one file with one dump'
run diff pool.txt
exits 2
prints_nothing
says 'diff: needs two dumps, but only pool.txt was read'

feed pool.txt diff
exits 2
feed pool.txt diff -
exits 2
says 'diff: needs two dumps, but only standard input was read'

try 'diff: only AFTER was read, which holds several dumps'
run diff missing.txt "$leaky"
exits 2
prints_nothing
says 'missing.txt: cannot open'

try 'diff: of folders the last dumps are compared'
mkdir earlier later
cp "$first" earlier/1.txt
cp pool.txt earlier/2.txt
cp grown.txt later/1.txt
run diff earlier later
exits 0
prints '  before  earlier/2.txt'
prints '+6  grew, 3 -> 9'

try 'diff: the same file twice has not changed'
run diff pool.txt pool.txt
exits 0
prints 'no stack changed'

try 'trend: one file with one dump'
run trend pool.txt
exits 2
prints_nothing
says 'trend: needs at least two dumps, but only pool.txt was read'

if can_use_terminals; then
    for c in scan trend assert; do
        try "$c: no file, and standard input is a terminal"
        on_terminal 80 "$c"
        exits 2
        prints "$c: no FILE given, and standard input is a terminal"
        prints "see 'goroleak $c --help'"
    done
else
    skip 'no way to make a terminal: neither python3 nor script'
fi

# ------------------------------------------------------------- patterns

# points OPTION VALUE COLUMN TEXT: the value does not compile; the message is
# TEXT, and below it the value with a caret under byte COLUMN.
points() {
    run scan "$1=$2" "$dump"
    exits 2
    prints_nothing
    says "goroleak: $1: $4"
    sed -n 2p "$err" >line
    is "$(cat line)" "    $2" 'the second line'
    is "$(sed -n 3p "$err")" "$(printf '    %*s^' "$3" '')" 'the third line'
    is "$(wc -l <"$err" | tr -d ' ')" 3 'lines'
}

for o in --ignore --only; do
    try "$o: a pattern that does not compile"
    points $o 'top:(a' 6 'bad pattern: missing closing parenthesis'
    points $o 'signature:ab(' 13 'bad pattern: missing closing parenthesis'
    points $o 'any:é(' 6 'bad pattern: missing closing parenthesis'
    try "$o: no such KIND"
    for value in frame:x x :x '' TOP:x; do
        run scan "$o=$value" "$dump"
        exits 2
        prints_nothing
        says "goroleak: $o: not KIND:PATTERN: KIND is top, any, creator, state"
    done
done

try '--dump-separator: a pattern that does not compile'
points --dump-separator '(a' 2 'bad pattern: missing closing parenthesis'
points --dump-separator '*' 0 'bad pattern: '

try 'a pattern that takes for ever is given up, which is not a match'
{
    printf 'goroutine 5 [select]:\nmain.'
    printf 'a%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 \
        24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40
    printf 'b()\n\t/src/main.go:1 +0x1\n\n'
} >slow.txt
run scan '--ignore=any:(a+)+$' slow.txt
exits 2
prints_nothing
says 'gave up'

# ---------------------------------------------------------------- input

try 'an unreadable file among good ones: the rest is reported'
ln -s nowhere dangling
ln -s loop loop
run scan dangling "$dump" loop missing.txt pool.txt
exits 2
prints '36 goroutines in 31 stacks from 2 dumps'
says 'dangling: cannot open: No such file or directory'
says 'loop: cannot open: Too many levels of symbolic links'
says 'missing.txt: cannot open: No such file or directory'
says_lines 3

try 'an unreadable file among good ones: JSON too'
run scan --format=json missing.txt "$dump"
exits 2
prints '"goroutines":32'

try 'a file without goroutines among good ones'
run scan "$cases/105_empty.txt" "$dump"
exits 2
prints '32 goroutines'
says '105_empty.txt: no goroutine in it'

try 'a file without goroutines in a folder of dumps is no trouble'
mkdir mixed
cp pool.txt mixed/a.txt
echo 'not a dump' >mixed/notes
run scan mixed
exits 0
prints '4 goroutines'
says 'mixed/notes: no goroutine in it'

try 'a folder: hidden files and folders in it are left alone'
mkdir some some/deeper
cp pool.txt some/a.txt
cp pool.txt some/.hidden
cp pool.txt some/deeper/b.txt
run scan some
exits 0
prints '4 goroutines in 2 stacks from 1 dump'
says_nothing

if [ "$(id -u)" -ne 0 ]; then
    try 'files and folders one may not read'
    cp pool.txt secret.txt
    chmod 0 secret.txt
    mkdir closed
    chmod 0 closed
    run scan secret.txt closed pool.txt
    exits 2
    prints '4 goroutines'
    says 'secret.txt: cannot open: Permission denied'
    says 'closed: cannot open folder: Permission denied'
else
    skip 'files one may not read: root may'
fi

mkdir empty nodumps
echo 'not a dump' >nodumps/a
for c in scan trend assert; do
    try "$c: an empty folder"
    run "$c" empty
    exits 2
    prints_nothing
    says 'goroleak: empty: this folder has no files, and folders inside'
    says_lines 1

    try "$c: a folder without dumps"
    run "$c" nodumps
    exits 2
    prints_nothing
    says 'goroleak: nodumps/a: no goroutine in it'
    says 'goroleak: nodumps: no file in this folder holds a goroutine, and'
done

# looks FILE WORDS: it holds no goroutine, and the message says what it is.
looks() {
    for c in scan trend assert; do
        run "$c" "$1"
        exits 2
        prints_nothing
        says "goroleak: $1: no goroutine in it$2"
    done
    shell "cat $1 | goroleak scan"
    exits 2
    says "goroleak: standard input: no goroutine in it$2"
}

try 'the first line of a race detector report'
printf 'log\n==================\nWARNING: DATA RACE\nlog\n' >race.txt
looks race.txt ': a race detector report'
try 'frames alone'
printf 'log\nmain.f(0x1)\n\t/m.go:1 +0x1\nmain.main()\n\t/m.go:9 +0x1\n' >frames.txt
looks frames.txt ': stack frames, but no line "goroutine N [state]:" above them'
try 'a header with a number that is out of range, or cut'
printf 'goroutine 99999999999999999999 [select]:\nmain.f()\n\t/m.go:1 +0x1\n' >range.txt
looks range.txt ": a goroutine's header that is cut or out of range"
printf 'goroutine 1 [sel' >cut.txt
looks cut.txt ": a goroutine's header that is cut or out of range"
try 'a list of a debugger'
printf '  Goroutine 1 - User: ./main.go:10 main.main (0x4a)\n' >debugger.txt
looks debugger.txt ": a list of goroutines of the debugger Delve, without stacks"
try 'an empty file'
looks empty.txt ': it is empty'
try 'blank lines'
printf '\n\n\n' >blank.txt
looks blank.txt ''
try 'a binary file'
printf '\177ELF\002\001\001\000\000\000\000\000\377\376\000' >core
looks core ': a program or core dump (ELF)'
printf '\211PNG\015\012\032\012\000\000\000\000\377\376\000' >binary
looks binary ': binary data'
try 'a profile, compressed as pprof writes it'
printf 'Z\004\010\001\020\002`\001' | gzip -c >profile.pb.gz
looks profile.pb.gz ': a pprof profile, but not of goroutines'
try 'an HTML page'
printf '<!DOCTYPE html>\n<html><body>404</body></html>\n' >page.html
looks page.html ': an HTML page'
try 'JSON'
printf '{"error": "no"}\n' >error.json
looks error.json ': JSON'
try 'another profile'
printf 'threadcreate profile: total 8\n8 @ 0x0\n' >counted.txt
looks counted.txt ': a threadcreate profile'

try 'a name that is empty, as of a variable that is not set'
run scan ''
exits 2
says "goroleak: '': cannot open"
run scan --output= "$dump"
exits 2
says "goroleak: '': cannot write"

try 'standard input: empty'
run scan
exits 2
prints_nothing
says 'goroleak: standard input: no goroutine in it: it is empty'

try 'standard input: a dump, without a FILE and as -'
feed "$dump" scan
exits 0
prints '32 goroutines'
cp "$out" one
feed "$dump" scan -
exits 0
same "$out" one

try 'standard input: closed'
for c in scan trend assert; do
    shell "goroleak $c <&-"
    exits 2
    says 'goroleak: standard input: cannot read: '
    shell "goroleak $c - <&-"
    exits 2
done
shell "goroleak scan pool.txt <&- >report"
exits 0
has report '4 goroutines'

# --------------------------------------------------------------- output

if [ -c /dev/full ]; then
    for c in $commands; do
        for f in text json; do
            try "$c: a full disk, $f"
            # shellcheck disable=SC2046 # one or two files
            "$goroleak" "$c" --format=$f $(arguments "$c") >/dev/full 2>"$err"
            status=$?
            sane
            exits 2
            says 'goroleak: standard output: cannot write: No space left on'
            says_lines 1

            try "$c: a full disk as --output, $f"
            # shellcheck disable=SC2046
            run "$c" --format=$f --output=/dev/full $(arguments "$c")
            exits 2
            prints_nothing
            says 'goroleak: /dev/full: cannot write: No space left on device'
            says_lines 1
        done
    done
    try 'help, version and rules: a full disk'
    for words in --help --version 'scan --help' 'trend --version' \
        'assert --list-rules'; do
        shell "goroleak $words >/dev/full"
        exits 2
        says 'goroleak: standard output: cannot write'
    done
else
    skip 'a full disk: there is no /dev/full'
fi

for c in $commands; do
    try "$c: standard output is closed"
    shell "goroleak $c $(arguments "$c") >&-"
    exits 2
    says 'goroleak: standard output: cannot write'
    shell "goroleak $c --format=json $(arguments "$c") >&-"
    exits 2
    says 'goroleak: standard output: cannot write'
done

try 'help, version and rules: standard output is closed'
for words in --help --version 'scan --help' 'assert --list-rules'; do
    shell "goroleak $words >&-"
    exits 2
done

for c in $commands; do
    try "$c: --output holds what standard output would"
    # shellcheck disable=SC2046
    run "$c" $(arguments "$c")
    cp "$out" wanted
    was=$status
    for words in '--output=report' '--output report' '-o report' '-oreport'; do
        rm -f report
        # shellcheck disable=SC2046,SC2086
        run "$c" $words $(arguments "$c")
        exits "$was"
        prints_nothing
        same report wanted
    done
done

try '--output: the file is replaced, not written over'
mkdir place
echo old >place/report
exec 3<place/report
run scan --output=place/report pool.txt
exits 0
is "$(cat <&3)" old 'what a reader of the old file reads'
exec 3<&-
has place/report '4 goroutines'
holds_only place report

try '--output: nothing is written when there is nothing to report on'
echo old >place/report
run scan --output=place/report missing.txt
exits 2
is "$(cat place/report)" old 'the old report'
holds_only place report

try '--output: a report is written also when one file could not be read'
run scan --output=place/report missing.txt pool.txt
exits 2
has place/report '4 goroutines'

try '--output: a folder that is not there, a file as folder, a folder as file'
for path in nowhere/report main.txt/report place; do
    run scan --output=$path pool.txt
    exits 2
    prints_nothing
    says "goroleak: $path: cannot write: "
    says_lines 1
done
holds_only place report
lacks place/report old

if [ "$(id -u)" -ne 0 ]; then
    try '--output: a folder one may not write to'
    echo old >place/report
    chmod 555 place
    run scan --output=place/report pool.txt
    exits 2
    says 'goroleak: place/report: cannot write: Permission denied'
    is "$(cat place/report)" old 'the old report'
    holds_only place report
    chmod 755 place
else
    skip 'a folder one may not write to: root may'
fi

# A limit on the size of files stands for a disk that fills up half-way.
try '--output: the disk fills up half-way'
echo old >place/report
shell "trap '' XFSZ; ulimit -f 1
    goroleak scan --format=json --output=place/report $dump"
exits 2
says 'goroleak: place/report: cannot write: File too large'
is "$(cat place/report)" old 'the old report'
holds_only place report

try '--quiet: no report, the same exit status'
for o in --quiet -q; do
    run scan $o "$dump"
    exits 0
    prints_nothing
    says_nothing
    run trend $o "$leaky"
    exits 1
    prints_nothing
    run assert $o pool.txt
    exits 1
    prints_nothing
    run diff $o --fail pool.txt grown.txt
    exits 1
    prints_nothing
    run diff $o --fail --format=json grown.txt pool.txt
    exits 0
    prints_nothing
done

try '--quiet: trouble is still told'
run scan --quiet missing.txt
exits 2
prints_nothing
says 'missing.txt: cannot open'

# ---------------------------------------------------- help and arguments

try '--help: on standard output'
for words in --help -h help; do
    run $words
    exits 0
    prints 'usage: goroleak COMMAND [options] [FILE...]'
    says_nothing
    for c in $commands; do
        prints "  $c "
    done
done

try 'COMMAND --help: on standard output'
for c in $commands; do
    for words in "$c --help" "$c -h" "help $c" "--help $c"; do
        # shellcheck disable=SC2086
        run $words
        exits 0
        prints "usage: goroleak $c "
        prints '  -h, --help '
        says_nothing
    done
done

try 'help for a command that does not exist'
run help scna
exits 2
prints_nothing
says "no command 'scna' (did you mean 'scan'?)"

try '--version: program and library'
for words in --version -V 'scan --version' 'assert -V'; do
    # shellcheck disable=SC2086
    run $words
    exits 0
    grep -q -E '^goroleak [0-9.]+ \(libgoroleak [0-9.]+\)$' "$out" ||
        fault "'$(cat "$out")'"
    says_nothing
done

try '-- ends the options'
cp pool.txt ./--quiet
run scan -- --quiet
exits 0
prints '4 goroutines'
run scan --quiet -- pool.txt
exits 0
prints_nothing
run scan pool.txt -- --quiet
exits 0
prints 'from 2 dumps'

try 'options after files'
run scan --top=1 "$dump"
cp "$out" wanted
run scan "$dump" --top=1
exits 0
same "$out" wanted

# both COMMAND OPTION VALUE FILE...: --option=value and --option value are one.
both() {
    command=$1 option=$2 value=$3
    shift 3
    run "$command" "--$option=$value" "$@"
    [ "$status" -le 1 ] || fault "--$option=$value: exit status $status"
    cp "$out" wanted
    run "$command" "--$option" "$value" "$@"
    same "$out" wanted
}

try '--option value, --option=value'
both scan ignore top:main "$dump"
both scan only any:main "$dump"
both scan min-wait 1m "$dump"
both scan min-count 2 "$dump"
both scan top 1 "$dump"
both scan group-by function "$dump"
both scan dump-separator '^goroutine 1 ' "$dump"
both scan format json "$dump"
both scan color always "$dump"
both trend order name "$leaky"
both assert baseline "$first" "$last"
both assert rule any-readloop "$last"
both assert no-rule main "$last"

try 'short options'
run scan --format=json "$dump"
cp "$out" wanted
for words in '-f json' '-fjson'; do
    # shellcheck disable=SC2086
    run scan $words "$dump"
    exits 0
    same "$out" wanted
done

finish
