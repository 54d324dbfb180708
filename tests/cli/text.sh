#!/bin/sh
# The reports a person reads: whole ones against tests/expect/cli/*.txt, and
# what must hold of all of them.
#
#   UPDATE=1 tests/cli/text.sh     writes the transcripts anew; read the diff
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

expect=$PWD/tests/expect/cli
leaky=fixtures/series/leaky
first=$leaky/20261123T062012Z.txt
last=$leaky/20261123T063833Z.txt
esc=$(printf '\033')

# ------------------------------------------------------ whole transcripts

# transcript NAME ARG...: what the program prints is what it printed when
# somebody last read NAME.txt.  Colours are told as <1;31m>; signatures, which
# have a test of their own, as #signature.
transcript() {
    name=$1
    shift
    try "transcript $name"
    run "$@"
    {
        printf '$ goroleak %s\n' "$*"
        LC_ALL=C sed "s/$esc\[\([0-9;]*m\)/<\1>/g
            s/  #[0-9a-f]\{12\}/  #signature/" "$out"
        sed 's/^/2> /' "$err"
        echo "[$status]"
    } >"$scratch/transcript"
    seen="$seen $name.txt"
    if [ -n "${UPDATE:-}" ]; then
        cp "$scratch/transcript" "$expect/$name.txt"
    elif [ -f "$expect/$name.txt" ]; then
        same "$expect/$name.txt" "$scratch/transcript"
    else
        fault "there is no $expect/$name.txt; UPDATE=1 writes it"
    fi
}
seen=

transcript scan_waits scan fixtures/debug2/waits/go1.27.txt
transcript scan_sigquit scan fixtures/sigquit/levels/go1.27_all.txt
transcript scan_sigquit_crash scan fixtures/sigquit/levels/go1.19_crash.txt
transcript scan_panic scan fixtures/panic/levels/go1.27_deadlock2_all.txt
transcript scan_timeout scan fixtures/timeout/hang/go1.27.txt
transcript scan_labels scan fixtures/cases/41_labels126.txt \
    fixtures/cases/42_labels127.txt
transcript scan_leakprof scan fixtures/debug2/leakprof/go1.27.txt
transcript scan_elided scan --only=top:main.descend \
    fixtures/cases/11_elided121.txt fixtures/cases/12_elided_old.txt
transcript scan_cgo scan fixtures/debug2/cgo/go1.27_symbolized.txt
transcript scan_cgo_unsymbolized scan fixtures/debug2/cgo/go1.27_unsymbolized.txt
transcript scan_shapes scan fixtures/debug2/shapes/go1.27.txt
transcript scan_damaged scan --verbose fixtures/cases/27_truncated_mid.txt
transcript scan_series scan --top=2 $leaky
transcript scan_min_count scan --min-count=8 $last
transcript scan_min_wait scan --min-wait=15m $last
transcript scan_ignore scan --ignore=top:=main.fetchWithTimeout.func1 \
    '--ignore=any:^(net/http|sync)\b' $last
transcript scan_only scan --only=creator:newPool --only=state:sync $last
transcript scan_group_function scan --group-by=function --min-count=2 $last
transcript scan_group_location scan --group-by=location --min-count=3 $last
transcript scan_trouble scan missing.txt fixtures/cases/31_debug1.txt \
    fixtures/cases/107_binary.txt fixtures/cases/01_plain.txt

transcript diff_series diff $first $last
transcript diff_top diff --top=1 $first $last
transcript diff_restart diff --top=1 fixtures/debug2/waits/go1.27.txt \
    fixtures/debug2/waits/go1.26.txt
transcript diff_same diff --only=creator:newPool $first $last

transcript trend_leaky trend $leaky
transcript trend_all trend --all $leaky
transcript trend_steady trend --only=creator:newPool $leaky
transcript trend_one_stack trend --all --group-by=state --only=any:evictLoop \
    $leaky

transcript assert_leaks assert $last
transcript assert_baseline assert --baseline=$first $last
transcript assert_clean assert fixtures/panic/levels/go1.27_nilderef_single.txt
transcript assert_list_rules assert --list-rules

LC_ALL=C
transcript ascii_trend trend $leaky
transcript ascii_scan scan --top=2 $last
LC_ALL=C.UTF-8

transcript color_scan scan --color=always --top=2 $last
transcript color_diff diff --color=always --top=2 $first $last
transcript color_trend trend --color=always $leaky
transcript color_assert assert --color=always --top=1 $last

try 'every transcript belongs to a case'
for file in "$expect"/*.txt; do
    case "$seen " in
    *" ${file##*/} "*) ;;
    *) fault "$file" ;;
    esac
done

try 'where a dump is from: standard input, and which of several'
cat $first $last >"$scratch/two.txt"
for file in "$scratch/two.txt" -; do
    from=$file
    [ "$file" != - ] || from='standard input'
    feed "$scratch/two.txt" scan "$file"
    prints "  $from #2  debug2"
    feed "$scratch/two.txt" assert "$file"
    prints "  $from #2  194 goroutines"
    feed "$scratch/two.txt" diff "$file"
    is "$(grep '^  after ' "$out")" "  after   $from #2" 'name of the second'
done

# ------------------------------------------------- what groups are made of

# counts_of ARG...: the counts of a scan, largest first.
counts_of() {
    run scan --format=json "$@"
    sed -n 's/^{"signature":"[0-9a-f]*","count":\([0-9]*\),.*/\1/p' "$out" |
        tr '\n' ' '
}

try '--group-by: as many groups as the words say, no goroutine lost'
is "$(counts_of $last)" '84 40 36 20 8 1 1 1 1 1 1 ' stack
is "$(counts_of --group-by=stack $last)" '84 40 36 20 8 1 1 1 1 1 1 ' stack
is "$(counts_of --group-by=function $last)" '84 40 36 20 8 1 1 1 1 1 1 ' function
is "$(counts_of --group-by=location $last)" '84 40 36 20 8 2 1 1 1 1 ' location
is "$(counts_of --group-by=creator $last)" '84 40 36 20 8 1 1 1 1 1 1 ' creator
is "$(counts_of --group-by=state $last)" '84 40 37 28 2 2 1 ' state
is "$(counts_of --group-by=label:none $last)" '194 ' 'a label nobody has'
is "$(counts_of --group-by=label:tenant fixtures/debug2/waits/go1.27.txt)" \
    '31 1 ' 'a label one goroutine has'

# ----------------------------------------------- characters and columns

# is_ascii FILE
is_ascii() {
    high=$(LC_ALL=C tr -d '\000-\177' <"$1" | wc -c)
    [ "$high" -eq 0 ] || fault "$((high)) bytes outside ASCII"
}

try 'which characters: LC_ALL, then LC_CTYPE, then LANG'
unset LC_ALL
run trend $leaky
is_ascii "$out"
for value in C POSIX en_US.ISO-8859-1 de_DE; do
    under LANG=en_US.UTF-8 LC_ALL=$value
    run trend $leaky
    is_ascii "$out"
    under LANG=en_US.UTF-8 LC_CTYPE=$value
    run trend $leaky
    is_ascii "$out"
    under LANG=$value
    run trend $leaky
    is_ascii "$out"
done
for value in C.UTF-8 en_US.utf8 de_DE.UTF-8@euro; do
    under LANG=C LC_CTYPE=C LC_ALL=$value
    run trend $leaky
    prints '▅'
    under LANG=C LC_ALL= LC_CTYPE=$value
    run trend $leaky
    prints '▅'
    under LANG=$value
    run trend $leaky
    prints '▅'
done
unset LANG LC_CTYPE
LC_ALL=C.UTF-8
export LC_ALL

try 'no line ends in a blank'
for file in fixtures/debug2/cgo/*.txt $last; do
    run scan "$file"
    ! grep -q ' $' "$out" || fault "$file"
done

try 'one is not many'
run scan --top=10 $last
lacks "$out" '1 other stacks'

# is_colored, is_plain: the last report.
is_colored() {
    grep -q "$esc\[[0-9;]*m" "$out" || fault 'no colour'
}
is_plain() {
    ! grep -q "$esc" "$out" || fault 'colours'
}

try 'colour: not into files and pipes, unless asked for'
run trend $leaky
is_plain
run trend --color=auto $leaky
is_plain
run trend --color=never $leaky
is_plain
under NO_COLOR=1 TERM=dumb
run trend --color=always $leaky
is_colored

try 'colour never carries a meaning: without it the words are the same'
for words in "scan $last" "diff $first $last" "trend $leaky" "assert $last"; do
    # shellcheck disable=SC2086
    run $words
    cp "$out" "$scratch/plain"
    # shellcheck disable=SC2086
    run ${words%% *} --color=always ${words#* }
    is_colored
    sed "s/$esc\[[0-9;]*m//g" "$out" >"$scratch/bleached"
    same "$scratch/plain" "$scratch/bleached"
done

try 'JSON has no colours'
run trend --format=json --color=always $leaky
is_plain

try '--output has no colours and no end of the line'
run trend --output="$scratch/report" $leaky
under LC_ALL=C.UTF-8
run trend $leaky
same "$scratch/report" "$out"

if can_use_terminals; then
    try 'colour on a terminal: the flag, NO_COLOR, TERM=dumb'
    on_terminal 80 trend $leaky
    exits 1
    is_colored
    on_terminal 80 trend --color=never $leaky
    is_plain
    under NO_COLOR=1
    on_terminal 80 trend $leaky
    is_plain
    under NO_COLOR=
    on_terminal 80 trend $leaky
    is_colored
    under TERM=dumb
    on_terminal 80 trend $leaky
    is_plain
    under NO_COLOR=1
    on_terminal 80 trend --color=always $leaky
    is_colored
    under TERM=dumb
    on_terminal 80 trend --color=always $leaky
    is_colored

    try '--output: no colours even where standard output is a terminal'
    rm -f "$scratch/report"
    on_terminal 80 trend --output="$scratch/report" $leaky
    exits 1
    prints_nothing
    cp "$scratch/report" "$out"
    is_plain
    is "$(grep -c 'rises in every dump' "$out")" 2 'whole sentences'

    # fits COLUMNS ARG...: no line of the report is wider than the terminal.
    fits() {
        on_terminal "$@"
        [ -s "$out" ] || fault "no output: $*"
        grep -v '^goroleak: ' "$out" >"$scratch/report"
        most=$(widest "$scratch/report")
        [ "$most" -le "$1" ] || fault "$most columns on a terminal of $*"
    }

    for columns in 40 60 80 120; do
        try "nothing is wider than a terminal of $columns columns"
        for lc in C C.UTF-8; do
            export LC_ALL=$lc
            fits "$columns" trend $leaky
            fits "$columns" trend --all $leaky
            fits "$columns" diff $first $last
            fits "$columns" assert $last
            fits "$columns" assert --baseline=$first $last
            fits "$columns" scan $last fixtures/cases/4*_label*.txt \
                fixtures/cases/57_odd_names.txt fixtures/debug2/cgo/*.txt \
                fixtures/debug2/shapes/*.txt fixtures/debug2/waits/*.txt \
                fixtures/panic/forms/*.txt fixtures/debug2/leakprof/*.txt
        done
    done
    LC_ALL=C.UTF-8

    try 'a count and what became of it stay in one line'
    for width in 40 50 56 58 60 62; do
        on_terminal $width trend --color=never $leaky
        has "$out" '26 -> 194 goroutines'
        has "$out" '7 -> 84'
    done

    try 'no name is cut for the mark of another line'
    on_terminal 60 trend --color=never $leaky
    has "$out" 'created by main.fetchWithTimeout  main.go:51'

    try 'COLUMNS comes before the size of the terminal'
    shapes=fixtures/debug2/shapes/go1.27.txt
    on_terminal 60 scan --only=any:. $shapes
    cp "$out" "$scratch/at60"
    under COLUMNS=60
    on_terminal 120 scan --only=any:. $shapes
    same "$out" "$scratch/at60"
    under COLUMNS=x
    on_terminal 60 scan --only=any:. $shapes
    same "$out" "$scratch/at60"
    under COLUMNS=
    on_terminal 60 scan --only=any:. $shapes
    same "$out" "$scratch/at60"
else
    skip 'colours and widths on a terminal: neither python3 nor script'
fi

try 'COLUMNS does not cut what goes into a file or a pipe'
run scan fixtures/debug2/shapes/go1.27.txt
cp "$out" "$scratch/whole"
under COLUMNS=40
run scan fixtures/debug2/shapes/go1.27.txt
same "$out" "$scratch/whole"

# ------------------------------------------- nothing may steer the terminal

enter_scratch

# All the ways to hurt a terminal, each in all places that are printed.
{
    printf 'goroutine 5 [sel\033[2Ject\007, 3 minutes] '
    printf '{"k\\x1b[31m": "v\\x1b]0;title\\a\\x7f", "\302\233k": "\302\2331m"}:\n'
    printf 'main.f\033[31m\302\2331m\233x\177\010()\n'
    printf '\t/src/\033]52;c;aGk=\007/ma\302\205in\r.go:7 +0x1\n'
    printf 'created by main.g\033[1m\342\200\256rtl in goroutine 1\n'
    printf '\t/src/\033c\013main.go:9 +0x2\n\n'
    printf 'goroutine 6 [\033[5mblink]:\nmain.x()\n\t/src/main.go:7 +0x1\n'
    printf 'main.\033[0mhalf a frame\nodd \033[7m line\n\n'
} >evil.txt
mkdir evil
name=$(printf 'evil/a\033[31m\nb\010')
cp evil.txt "$name-20260101T000000Z"
cp evil.txt "$name-20260101T000100Z"
cp evil.txt "$name-20260101T000200Z"
{ cat evil.txt; goroutine 9 "$(printf 'se\033[1mlect')" main.h; } \
    >"$name-20260101T000300Z"
printf 'no dump' >"$name-empty"

for words in 'scan evil' 'scan --verbose evil.txt' 'trend evil' \
    'trend --all --verbose evil' 'assert evil' 'assert evil.txt' \
    'scan --group-by=state evil.txt' 'scan --group-by=label:k evil.txt'; do
    try "control bytes of a dump: $words"
    # shellcheck disable=SC2086
    run $words
    [ -s "$out" ] || fault 'no report'
    harmless "$out"
    harmless "$err"
done

try 'control bytes of a dump: diff'
run diff --verbose "$name-20260101T000000Z" "$name-20260101T000300Z"
exits 0
harmless "$out"
harmless "$err"

try 'control bytes of a dump: they can be seen'
run scan evil.txt
prints '\x1b[31m'
prints '\xc2\x9b'
lacks "$out" "$(printf '\342\200\256')"

try 'control bytes of a dump: with colours none but ours'
run scan --color=always evil.txt
is_colored
sed "s/$esc\[\([012]\|1;31\|32\)m//g" "$out" >bleached
harmless bleached

try 'control bytes of a dump: JSON, C0'
for words in 'scan evil' 'trend --all evil' 'assert evil.txt'; do
    # shellcheck disable=SC2086
    run $words --format=json
    is "$(LC_ALL=C tr -dc '\001-\011\013-\037' <"$out" | wc -c | tr -d ' ')" 0 \
        "control bytes: $words"
done

try 'control bytes of a dump: JSON, DEL and C1'
run scan --format=json evil.txt
harmless "$out"

try 'control bytes in names of files that cannot be read'
run scan "$(printf 'x\033[31m\ny\rz')"
exits 2
harmless "$err"
says_lines 1

try 'control bytes in names of files that cannot be read: C1'
run scan "$(printf 'x\302\2331my')" "$(printf 'x\2331m')"
exits 2
harmless "$err"

try 'control bytes in arguments'
for words in --top= --frobnicate --ignore= --ignore=top:\( --color= \
    --group-by= --min-wait= --dump-separator=\( --output=/nowhere/; do
    run scan "$words$(printf 'x\033[31m\ny\rz(')" evil.txt
    exits 2
    harmless "$err"
done
run "$(printf 'x\033[31m\ny\rz')"
exits 2
harmless "$err"

finish
