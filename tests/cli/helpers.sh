#!/bin/sh
# integrations/: the functions for sh and bats, the systemd units, the files
# for CI and Kubernetes.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

integrations=$PWD/integrations
enter_scratch
mkdir -p site/debug/pprof
{ main_goroutine; goroutines 10 3 select main.pool; } >clean.txt
{ cat clean.txt; goroutines 20 2 'chan send' main.leak; } >leaky.txt

# now_is NAME: what the server answers from here on.
now_is() {
    { printf 'HTTP/1.1 200 OK\r\n\r\n'; cat "$1.txt"; } >site/.next
    mv site/.next site/debug/pprof/goroutine
}

now_is clean
serve site
url=$served

# suite NAME [OPTION...]: what a suite does, and the server NAME at its end.
suite() {
    now_is clean
    leaks_begin "$url" || return 2
    now_is "$1"
    shift
    leaks_end --settle=100ms "$@" >"$out" 2>"$err"
}

try 'sh: a suite that leaks fails, with a report'
GOROLEAK=$goroleak
# shellcheck source=integrations/sh/goroleak.sh disable=SC1091
. "$integrations/sh/goroleak.sh"
suite leaky
is $? 1 status
prints 'leaked: 2 goroutines'
lacks "$out" main.pool
lacks "$err" another

try 'sh: one that does not passes'
suite clean
is $? 0 status

try 'sh: options are passed on'
suite leaky --ignore=top:main.leak
is $? 0 status

try 'sh: a server that is gone'
mkdir tmp
if TMPDIR=$PWD/tmp leaks_begin http://127.0.0.1:1 2>/dev/null; then
    fault 'leaks_begin passes'
fi
is "$(ls tmp)" '' 'what it leaves behind'

try 'bats: one test fails, one passes'
if command -v bats >/dev/null; then
    cat >suite.bats <<END
. "$integrations/sh/goroleak.sh"
now_is() {
    { printf 'HTTP/1.1 200 OK\r\n\r\n'; cat "$PWD/\$1.txt"; } >"$PWD/site/.next"
    mv "$PWD/site/.next" "$PWD/site/debug/pprof/goroutine"
}
setup() { now_is clean; leaks_begin "$url"; }
teardown() { leaks_end --settle=100ms; }
@test "leaks" { now_is leaky; }
@test "does not" { true; }
END
    GOROLEAK=$goroleak bats suite.bats >"$out" 2>"$err"
    is $? 1 'status of bats'
    prints 'not ok 1 leaks'
    prints 'leaked: 2 goroutines'
    prints 'ok 2 does not'
else
    skip 'no bats'
fi

# A logger that keeps what it is told.
mkdir bin
cat >bin/logger <<'END'
#!/bin/sh
echo "logger $*" >>logged
cat >>logged
END
chmod +x bin/logger
PATH=$PWD/bin:$PATH

# notifying COMMAND: checks of a leak that begins and ends; what was logged is
# in the file logged.
notifying() {
    rm -f h.db* logged
    for hour in 00 01 02 03 04; do
        {
            cat clean.txt
            [ $hour = 04 ] || goroutines 20 $((3 + 3 * ${hour#0})) 'chan send' main.leak
        } >dump.txt
        run check --history h.db --instance "$instance" \
            --now "2026-05-01T$hour:00:00Z" --notify "$1" dump.txt
        says_nothing
    done
}
instance='api
PRIORITY=0'

try 'the line for logger in CRON.md'
line=$(sed -n "s/.*--notify='\(logger [^']*\)'.*/\1/p" "$integrations/../docs/CRON.md")
[ -n "$line" ] || fault 'is not there'
notifying "$line"
is "$(grep -c '^logger -t goroleak$' logged)" 2 'times logged'
has logged 'leak found in api'
has logged 'leak resolved in api'

try 'news go to syslog'
notifying "$integrations/cron/syslog.sh"
is "$(grep '^logger' logged | tr '\n' ';')" \
    'logger -t goroleak -p daemon.err;logger -t goroleak -p daemon.notice;' priorities
has logged '  main.leak'

try 'news go to the journal, with fields that are ours alone'
notifying "$integrations/cron/journal.sh"
is "$(grep -c '^logger --journald$' logged)" 2 entries
is "$(grep '^PRIORITY=' logged | tr '\n' ' ')" 'PRIORITY=3 PRIORITY=5 ' priorities
has logged 'GOROLEAK_INSTANCE=api PRIORITY=0'
has logged 'GOROLEAK_FUNCTION=main.leak'
has logged 'MESSAGE=leak found in api'
grep -v -e '^logger ' -e '^[A-Z_]*=' logged >odd && fault "$(cat odd)"

try 'systemd takes the units'
if command -v systemd-analyze >/dev/null; then
    mkdir units
    cp "$integrations"/systemd/* units
    sed -i "s|ExecStart=goroleak|ExecStart=$goroleak|" units/*.service
    systemd-analyze verify units/goroleak.service units/goroleak.timer \
        >verified 2>&1
    is "$(grep -c 'goroleak\.\(service\|timer\)' verified)" 0 \
        "complaints: $(cat verified)"

    try 'and finds the service hardened'
    if systemd-analyze --help | grep -q -e --threshold; then
        systemd-analyze security --offline=true --threshold=20 --no-pager \
            units/goroleak.service >verified 2>&1 || fault "$(tail -n 1 verified)"
    else
        skip 'systemd-analyze takes no threshold'
    fi
else
    skip 'no systemd-analyze'
fi

try 'the files for CI and Kubernetes are YAML'
if python3 -c 'import yaml' 2>/dev/null; then
    for file in "$integrations"/*/*.y*ml; do
        python3 -c 'import sys, yaml; list(yaml.safe_load_all(open(sys.argv[1])))' \
            "$file" 2>yaml || fault "$file: $(cat yaml)"
    done
else
    skip 'no YAML reader'
fi

finish
