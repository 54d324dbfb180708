# Helpers for the tests of the program; a script sources this file from the
# root of the repository.  GOROLEAK is the program (build/goroleak).
#
#   try WORDS...           a new case; the one before it passed if no check failed
#   run ARG...             run the program: $status, $out, $err (two files)
#   under NAME=VALUE...    with this in the environment of the next run
#   exits N, prints TEXT, says TEXT ...   checks of the last run
#   known WORDS...         this case fails today: failing, it counts as skipped
#   skip WORDS...          a case that cannot be run here
#   enter_scratch          go into a folder of the test's own
#   serve FOLDER           a server of its pages, see serve.c: $served
#   finish                 the last line, and the exit status
#
# shellcheck shell=sh

goroleak=${GOROLEAK:-build/goroleak}
case $goroleak in /*) ;; *) goroleak=$PWD/$goroleak ;; esac
scratch=$(mktemp -d) || exit 2
root=$PWD
servers=
# shellcheck disable=SC2086 # servers are several words
leave() {
    [ -z "$servers" ] || kill $servers 2>/dev/null
    chmod -R u+rwx "$scratch"
    rm -rf "$scratch"
}
trap leave EXIT
out=$scratch/.out err=$scratch/.err status=0
: >"$out"
: >"$err"

# What the environment of the tester says must not decide.
unset COLUMNS NO_COLOR LC_CTYPE LANG POSIXLY_CORRECT
LC_ALL=C.UTF-8 TERM=xterm TZ=UTC
export LC_ALL TERM TZ

passed=0 failed=0 skipped=0
now='' wrong='' bug=''

close_case() {
    if [ -z "$now" ]; then
        return
    elif [ -z "$wrong" ]; then
        passed=$((passed + 1))
    elif [ -n "$bug" ]; then
        skipped=$((skipped + 1))
        printf 'skipped: %s: %s\n' "$now" "$bug"
    else
        failed=$((failed + 1))
    fi
    now='' wrong='' bug=''
}

try() {
    close_case
    now=$*
}

known() {
    bug=$*
}

skip() {
    close_case
    skipped=$((skipped + 1))
    echo "skipped: $*"
}

finish() {
    close_case
    if [ $skipped -gt 0 ]; then
        echo "$passed passed, $failed failed, $skipped skipped"
    else
        echo "$passed passed, $failed failed"
    fi
    [ $failed -eq 0 ]
    exit
}

# The case is wrong, and WORDS... say why.
fault() {
    if [ -z "$bug" ]; then
        [ -n "$wrong" ] || printf 'FAILED: %s\n' "$now"
        printf '    %s\n' "$*"
    fi
    wrong=yes
}

# Go into a folder of the test's own, in which the fixtures are at hand.
enter_scratch() {
    ln -s "$PWD/fixtures" "$scratch/fixtures"
    cd "$scratch" || exit 2
}

# serve FOLDER [SOCKET]: until the test ends; $served is its URL, but for a
# SOCKET.
serve() {
    [ -x "$scratch/.serve" ] ||
        ${CC:-cc} -std=c11 -D_POSIX_C_SOURCE=200809L -o "$scratch/.serve" \
            "$root/tests/cli/serve.c" || exit 2
    : >"$scratch/.port"
    "$scratch/.serve" "$@" >"$scratch/.port" &
    servers="$servers $!"
    tries=0
    while [ ! -s "$scratch/.port" ] && [ $tries -lt 100 ]; do
        sleep 0.05
        tries=$((tries + 1))
    done
    # shellcheck disable=SC2034 # for who sources this
    served=http://127.0.0.1:$(cat "$scratch/.port")
}

# -------------------------------------------------------------- running

# Only 0, 1 and 2 are exit statuses of the program: the rest are signals, and
# 99 of a sanitizer.
sane() {
    [ "$status" -le 2 ] && return
    bug=''
    fault "exit status $status"
    tail -n 20 "$err" | sed 's/^/    | /'
}

# under NAME=VALUE...: the environment of the next run, and of that only.
under() {
    with="env $*"
}
with=

# Run, with nothing on standard input.
# shellcheck disable=SC2086 # with is several words
run() {
    $with "$goroleak" "$@" >"$out" 2>"$err" </dev/null
    status=$?
    with=
    sane
}

# feed FILE ARG...: run with FILE on standard input.
feed() {
    input=$1
    shift
    "$goroleak" "$@" >"$out" 2>"$err" <"$input"
    status=$?
    sane
}

goroleak() {
    "$goroleak" "$@"
}

# shell COMMANDS: for redirections and pipes.  The output is their own
# business, the messages are in $err.
shell() {
    : >"$out"
    (eval "$1") 2>"$err" </dev/null
    status=$?
    sane
}

can_use_terminals() {
    command -v python3 >/dev/null || script -qec true /dev/null >/dev/null 2>&1
}

# on_terminal COLUMNS ARG...: run with all three streams on a terminal so wide;
# what it showed is in $out.
# shellcheck disable=SC2086 # with is several words
on_terminal() {
    width=$1
    shift
    if command -v python3 >/dev/null; then
        $with python3 -c '
import fcntl, os, pty, struct, sys, termios
size = struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0)
pid, fd = pty.fork()
if pid == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, size)
    mode = termios.tcgetattr(1)
    mode[1] &= ~termios.OPOST
    termios.tcsetattr(1, termios.TCSANOW, mode)
    os.execv(sys.argv[2], sys.argv[2:])
while True:
    try:
        piece = os.read(fd, 65536)
    except OSError:
        break
    if not piece:
        break
    os.write(1, piece)
status = os.waitpid(pid, 0)[1]
sys.exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128)
' "$width" "$goroleak" "$@" >"$out" 2>"$err"
        status=$?
    else
        words=
        for word in "$goroleak" "$@"; do
            words="$words '$(printf '%s' "$word" | sed "s/'/'\\\\''/g")'"
        done
        $with script -qec "stty cols $width; exec $words" /dev/null \
            </dev/null >"$scratch/.shown" 2>"$err"
        status=$?
        tr -d '\r' <"$scratch/.shown" >"$out"
    fi
    with=
    sane
}

# --------------------------------------------------------------- checks

exits() {
    [ "$status" -eq "$1" ] && return
    fault "exit status $status, not $1"
    [ -n "$bug" ] || sed -n 's/^/    | /; 1,5p' "$err"
}

show() {
    [ -n "$bug" ] || sed -n 's/^/    | /; 1,12p' "$1"
}

# has FILE TEXT: FILE holds TEXT, a part of a line.
has() {
    grep -q -F -e "$2" "$1" && return
    fault "'$2' is not in:"
    show "$1"
}

lacks() {
    grep -q -F -e "$2" "$1" || return 0
    fault "'$2' is in:"
    show "$1"
}

prints() { has "$out" "$1"; }
says() { has "$err" "$1"; }

prints_nothing() {
    [ -s "$out" ] || return 0
    fault 'standard output is not empty:'
    show "$out"
}

says_nothing() {
    [ -s "$err" ] || return 0
    fault 'there are messages:'
    show "$err"
}

# says_lines N: so many lines of messages, each as "goroleak: text".
says_lines() {
    n=$(wc -l <"$err")
    [ "$n" -eq "$1" ] || fault "$((n)) lines of messages, not $1"
    ! grep -v '^goroleak: ' "$err" >"$scratch/.odd" && return
    fault 'not a message:'
    show "$scratch/.odd"
}

# is GOT WANT WHAT...
is() {
    got=$1 want=$2
    shift 2
    [ "$got" = "$want" ] || fault "$*: '$got', not '$want'"
}

# same FILE FILE: the same bytes.
same() {
    cmp -s "$1" "$2" && return
    fault "$1 and $2 differ"
    [ -n "$bug" ] || diff "$1" "$2" | sed -n 's/^/    | /; 1,6p'
}

# No byte of FILE can steer a terminal: no C0 but newline, no DEL, no C1
# (U+0080 to U+009F), and no lone byte of those values.
harmless() {
    LC_ALL=C tr -d '\n' <"$1" | LC_ALL=C awk '
        { bad = /[\001-\037\177]/ || /\302[\200-\237]/
          gsub(/[\302-\364][\200-\277]+/, "")
          if (bad || /[\200-\237]/) exit 1 }' &&
        is "$(LC_ALL=C tr -dc '\000' <"$1" | wc -c | tr -d ' ')" 0 'NUL bytes' &&
        return
    fault "control bytes in:"
    [ -n "$bug" ] || LC_ALL=C sed -n l "$1" | grep -v '^[ -Z^-~[]*\$$' |
        sed -n 's/^/    | /; 1,5p'
}

# Columns of the widest line of FILE; colours take none.
widest() {
    LC_ALL=C sed "s/$(printf '\033')\[[0-9;]*m//g" "$1" | LC_ALL=C awk '
        { gsub(/[\200-\277]/, ""); if (length > most) most = length }
        END { print most + 0 }'
}

# holds_only FOLDER NAMES: it holds just these, in the order of ls.
holds_only() {
    ls -A "$1" >"$scratch/.names"
    is "$(tr '\n' ' ' <"$scratch/.names")" "$2 " "what is in $1"
}

# --------------------------------------------------------------- JSON

# json_keys FILE: for each object in it a line "PATH: KEY KEY ...", as in
# "$.clusters[]: signature count ..."; equal lines once.
json_keys() {
    LC_ALL=C awk '
        function put(line) { if (!(line in seen)) { seen[line] = 1; print line } }
        { text = text $0 }
        END {
            depth = 0
            path[0] = "$"
            while (text != "") {
                if (match(text, /^"([^"\\]|\\.)*"/)) {
                    word = substr(text, 2, RLENGTH - 2)
                    text = substr(text, RLENGTH + 1)
                    if (substr(text, 1, 1) == ":") {
                        keys[depth] = keys[depth] " " word
                        name[depth] = word
                    }
                    continue
                }
                c = substr(text, 1, 1)
                text = substr(text, 2)
                if (c == "{" || c == "[") {
                    to = path[depth]
                    if (depth > 0 && kind[depth] == "{")
                        to = to "." name[depth]
                    path[++depth] = to (c == "[" ? "[]" : "")
                    kind[depth] = c
                    keys[depth] = ""
                } else if (c == "}" || c == "]") {
                    if (c == "}")
                        put(path[depth] ":" keys[depth])
                    depth--
                }
            }
        }' "$1"
}

# keys PATH KEYS: in the JSON of the last run every object at PATH, and there is
# one, has these keys in this order; behind them there may be new ones.
keys() {
    json_keys "$out" >"$scratch/.keys"
    objects=0
    while IFS= read -r line; do
        [ "${line%%:*}" = "$1" ] || continue
        objects=$((objects + 1))
        case "${line#*: } " in
        "$2 "*) ;;
        *) fault "keys of ${line%%:*}:${line#*:}" ;;
        esac
    done <"$scratch/.keys"
    [ $objects -gt 0 ] || fault "no object at $1"
}

# value KEY: the first value of KEY in the JSON of the last run, as written.
value() {
    awk -v key="\"$1\":" '
        (at = index($0, key)) > 0 {
            rest = substr($0, at + length(key))
            if (match(rest, /^("([^"\\]|\\.)*"|[^],}]*)/)) {
                print substr(rest, 1, RLENGTH)
                exit
            }
        }' "$out"
}

# --------------------------------------------------------------- inputs

# goroutine ID STATE FUNCTION [LINE]: one goroutine of a debug=2 dump.
goroutine() {
    printf 'goroutine %s [%s]:\n%s()\n\t/src/app/main.go:%s +0x1d\n' \
        "$1" "$2" "$3" "${4:-20}"
    printf 'created by main.main in goroutine 1\n\t/src/app/main.go:9 +0x2f\n\n'
}

# goroutines FIRST COUNT STATE FUNCTION [LINE]: so many with ids from FIRST.
goroutines() {
    id=$1
    while [ "$id" -lt $(($1 + $2)) ]; do
        goroutine "$id" "$3" "$4" "${5:-20}"
        id=$((id + 1))
    done
}

main_goroutine() {
    printf 'goroutine 1 [sleep]:\ntime.Sleep(0x1)\n\t/go/src/time/sleep.go:1 +0x1\n'
    printf 'main.main()\n\t/src/app/main.go:10 +0x1d\n\n'
}
