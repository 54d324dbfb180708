#!/bin/sh
# The manual page: it is well-formed, it has the commands and options that
# --help has and no others, and its examples work.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

page=$PWD/docs/man/goroleak.1
enter_scratch

if command -v mandoc >/dev/null; then
    try 'mandoc has no warning'
    mandoc -Tlint -W warning "$page" >"$out" 2>&1
    is $? 0 'exit status of mandoc'
    prints_nothing
else
    skip 'is the page well-formed? there is no mandoc'
fi

# ------------------------------------------------------ commands, options

# help_options COMMAND: each option of its --help, a line "--name" or "-x".
help_options() {
    run "$1" --help
    sed -n 's/^ \{2,6\}\(-.*\)/\1/p' "$out" | sed 's/  .*//' | tr ',' '\n' |
        sed -n 's/^ *\(--*[A-Za-z][a-z-]*\).*/\1/p' | LC_ALL=C sort
}

# page_options [SECTION]: those the page explains, in all or in one subsection.
page_options() {
    awk -v want="${1:-}" '
        /^\.S[sh] / { here = $0; sub(/^\.S[sh] /, "", here) }
        /^\.It Fl / && (want == "" || here == want) {
            sub(/^\.It /, "")
            gsub(/ , /, "\n")
            print
        }' "$page" |
        sed -n 's/^Fl \(-*[A-Za-z][a-z-]*\).*/-\1/p' | LC_ALL=C sort
}

run --help
sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p' "$out" >commands

try 'the commands of --help and of the page are the same'
[ "$(wc -l <commands)" -ge 4 ] || fault 'fewer than four commands'
while read -r c; do
    grep -q "^\.Cm $c\$" "$page" || fault "$c is not in the SYNOPSIS"
    grep -q "^\.Ss $c\$" "$page" || fault "$c is not explained"
done <commands
sed -n '/^\.Sh SYNOPSIS/,/^\.Sh DESC/s/^\.Cm \([a-z]*\)$/\1/p' "$page" >synopsis
same commands synopsis

while read -r c; do
    help_options "$c" >"options.$c"
done <commands
LC_ALL=C sort -u options.* >all
page_options >explained

try '--help fits a terminal of 80 columns'
while read -r c; do
    run "$c" --help
    awk 'length >= 80' "$out" >wide
    [ ! -s wide ] || fault "$c: $(cat wide)"
done <commands

try 'every option of --help is in the page'
[ "$(wc -l <all)" -ge 20 ] || fault 'fewer than 20 options'
LC_ALL=C comm -23 all explained >missing
[ ! -s missing ] || fault "not in the page: $(tr '\n' ' ' <missing)"

try 'every option of the page is in --help'
LC_ALL=C comm -13 all explained >extra
[ ! -s extra ] || fault "in no --help: $(tr '\n' ' ' <extra)"
is "$(uniq -d explained)" '' 'options explained twice'

try 'what only one command takes is explained there'
# What run has of assert's counts as assert's.
LC_ALL=C comm -23 options.run options.assert >options.run.own
while read -r c; do
    mine=options.$c
    [ "$c" != run ] || mine=options.run.own
    for other in options.*; do
        case $other in
        options.run) ;;
        *) [ "$other" = "$mine" ] || cat "$other" ;;
        esac
    done | LC_ALL=C sort -u >others
    LC_ALL=C comm -23 "$mine" others >own
    page_options "$c" >there
    same own there
done <commands

try 'what the page says of explain and the others of their options'
# An assertion is of goroutines alone.
LC_ALL=C comm -12 options.scan options.trend | grep -v -e '^--heap$' >shared
for c in diff trend assert; do
    LC_ALL=C comm -23 shared "options.$c" >lacking
    [ ! -s lacking ] || fault "$c lacks $(tr '\n' ' ' <lacking)"
done
sed -n '/^Of the options below it takes/,/^\.Ss/p' "$page" |
    grep -o -e '-[a-z-]*' | sed 's/^/-/' | LC_ALL=C sort >told
grep -v -e '-help$' -e '-version$' -e '^-[a-zA-Z]$' options.explain >taken
same taken told

# ---------------------------------------------------------------- examples

# The examples, one file each: every .Dl line and every literal display.
awk '
    function plain(text) {
        gsub(/\\\(aq/, "\047", text)
        gsub(/\\\(dq/, "\"", text)
        gsub(/\\-/, "-", text)
        gsub(/\\e/, "\\", text)
        return text
    }
    /^\.Sh / { inside = $2 == "EXAMPLES" }
    !inside { next }
    /^\.Dl / { print plain(substr($0, 5)) >("example." ++n) }
    /^\.Ed/ { literal = 0 }
    literal { print plain($0) >("example." n) }
    /^\.Bd -literal/ { literal = 1; n++ }' "$page"

# What they name: the program, a server that leaks, its log and its dumps.
mkdir bin dumps hosts hosts/a hosts/b
cp fixtures/series/leaky/20261123T062012Z.txt before.txt
cp fixtures/series/leaky/20261123T063833Z.txt after.txt
cp fixtures/series/leaky/*.txt hosts/a
cp fixtures/series/leaky/*.txt hosts/b
cat fixtures/sigquit/levels/go1.27_all.txt after.txt >server.log
ls fixtures/series/leaky/*.txt >pages

stub() {
    { echo '#!/bin/sh'; cat; } >"bin/$1"
    chmod +x "bin/$1"
}
stub goroleak <<EOF
exec "$goroleak" "\$@"
EOF
stub curl <<EOF
cd "$PWD" || exit
cat "\$(head -n 1 pages)"
sed 1d pages >pages.new && mv pages.new pages
EOF
stub sleep <<EOF
PATH=$PATH exec sleep 1
EOF
stub pkill </dev/null
stub make </dev/null

try 'there are examples'
[ -s example.5 ] || fault 'fewer than five'
for file in example.*; do
    grep -q goroleak "$file" || fault "$file is not of goroleak"
done

n=1
while [ -s example.$n ]; do
    if grep -q 'jq ' example.$n && ! command -v jq >/dev/null; then
        skip "example $n: there is no jq"
    else
        try "example $n: $(head -n 1 example.$n)"
        PATH=$PWD/bin:$PATH sh -u example.$n >"$out" 2>"$err" </dev/null
        status=$?
        [ $status -le 1 ] || exits 0
        says_nothing
        [ -s "$out" ] || fault 'it prints nothing'
        harmless "$out"
    fi
    n=$((n + 1))
done

finish
