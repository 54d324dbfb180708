#!/bin/sh
# A command or an option that is none, but nearly one: the message names that.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

enter_scratch
{ main_goroutine; goroutines 10 2 select main.leak; } >dump.txt

# meant WANT ARG...: WANT is what the message says was meant; none when empty.
meant() {
    want=$1
    shift
    run "$@"
    exits 2
    prints_nothing
    says_lines 1
    got=$(sed -n "s/.*(did you mean '\(.*\)'?); see 'goroleak .*/\1/p" "$err")
    is "$got" "$want" "what '$*' was meant to be"
}

try 'commands: letters left out, put in, changed, in another order'
meant scan scna dump.txt
meant scan scn dump.txt
meant scan scann dump.txt
meant scan sxan dump.txt
meant scan SCan dump.txt
meant trend tredn dump.txt
meant unsilence unsilense dump.txt
meant help hlep
meant --version --verson

try 'commands: nothing is near'
meant '' frobnicate
meant '' scandal dump.txt
meant '' s dump.txt
meant '' '' dump.txt
meant '' "$(printf '%0300d' 1)"

try 'an option before the command'
run --format=json scan dump.txt
exits 2
says "no command '--format=json'; options come behind the command"

try 'options'
meant --format scan --formt=json dump.txt
meant --format scan --fromat json dump.txt
meant --min-count scan --mincount=2 dump.txt
meant --suppressions assert --supresions=x dump.txt
meant --no-rule assert --no-ruel=x dump.txt
meant --top scan --tops=1 dump.txt

try 'options: nothing is near'
meant '' scan --frobnicate dump.txt
meant '' scan --x dump.txt
meant '' scan --pot=1 dump.txt
meant '' scan "--$(printf '%0300d' 1)" dump.txt
meant '' scan -X dump.txt

try 'options: those of the command alone'
meant '' scan --al dump.txt
meant --all trend --alll dump.txt

try 'a form in place of --format'
meant --format=json scan --json dump.txt
meant --format=sarif assert --sarif dump.txt
meant '' scan --sarif dump.txt
meant '' record --history=h --json dump.txt

try 'one dash, as of the flags of Go'
meant --top scan -top=3 dump.txt
meant --format scan -format=json dump.txt
meant --format scan -format json dump.txt
meant --format=json scan -json dump.txt
meant --order trend -order=name dump.txt dump.txt
meant '' scan -order=name dump.txt
meant --fail diff -fail dump.txt dump.txt
meant --quiet scan -quiet dump.txt
[ ! -e 'rder=name' ] || fault 'a report was written to rder=name'

try 'short options and what is behind them'
run scan -fjson -q dump.txt
exits 0
run scan -qo report.txt dump.txt
exits 0
says_nothing

try 'a value for an option that takes none'
run trend --all=yes dump.txt
exits 2
says "trend: option '--all=yes' takes no value; see 'goroleak trend --help'"
finish
