#!/bin/sh
# Dumps by HTTP, from a server of the test's own.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

dump=$PWD/fixtures/cases/01_plain.txt
profile=$PWD/fixtures/profile/go1.27/waits.pb.gz
enter_scratch
mkdir site

# page NAME STATUS FILE [HEADER]: an answer of the server.
page() {
    {
        printf 'HTTP/1.1 %s\r\nContent-Length: %d\r\n' "$2" "$(wc -c <"$3")"
        [ -z "${4:-}" ] || printf '%s\r\n' "$4"
        printf '\r\n'
        cat "$3"
    } >"site/$1"
}

echo 'no such thing' >words
page dump '200 OK' "$dump"
page profile '200 OK' "$profile"
page gone '503 Service Unavailable' words
page moved '302 Found' words 'Location: /dump'
page words '200 OK' words
{ printf 'HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n'; cat "$dump"; } >site/cut
mkdir site/debug

serve site
url=$served
mkdir socket
cp site/dump socket/dump
serve socket "$PWD/app.sock"

try 'a dump'
run scan "$url/dump?debug=2"
exits 0
prints '3 goroutines in 2 stacks'
prints "$url/dump?debug=2  debug2, 3 goroutines"

try 'the index of what a server tells, and the server alone, mean the dump'
mkdir site/debug/pprof
cp site/dump site/debug/pprof/goroutine
for path in '' / /debug/pprof /debug/pprof/; do
    run scan "$url$path"
    exits 0
    prints '3 goroutines in 2 stacks'
done
run scan "unix://$PWD/app.sock:/debug/pprof/"
exits 2
says '404: does it serve net/http/pprof?'
rm -r site/debug/pprof
run scan "$url"
exits 2
says '404: does it serve net/http/pprof?'
run scan "$url/none"
says 'status: 404'
lacks "$err" 'net/http/pprof'

try 'an address that is no URL'
for path in localhost:6060 10.0.0.1:6060/debug/pprof/; do
    run scan $path
    exits 2
    says "$path: the URL of a server begins with http://"
done
for path in none none:x none/a:1 :6060; do
    run scan $path
    exits 2
    lacks "$err" 'http://'
done

try 'a URL of another kind, and one without a server'
run scan ftp://host/dump
exits 2
says 'ftp://host/dump: of URLs, http://, https:// and unix:// are read'
for path in http:// http:///dump 'https://:80/' 'http://?debug=2' unix://; do
    run scan "$path"
    exits 2
    says "$path: this URL names no server"
    says_lines 1
done

try 'a packed profile'
run scan "$url/profile"
exits 0
prints 'pprof, 32 goroutines'

try 'through a Unix socket'
run scan "unix://$PWD/app.sock:/dump"
exits 0
prints '3 goroutines in 2 stacks'

try 'two at once, and a file'
run scan "$url/dump" "$dump" "$url/dump"
exits 0
prints '9 goroutines in 2 stacks from 3 dumps'

try 'without a path net/http/pprof is asked'
: >site/requests
run scan "$url"
exits 2
has site/requests 'GET /debug/pprof/goroutine?debug=2 HTTP/1.1'
run scan "$url/"
[ "$(grep -c 'GET /debug/pprof/goroutine?debug=2 ' site/requests)" = 2 ] ||
    fault 'asked otherwise'

try 'an error page is no dump'
run scan "$url/gone"
exits 2
prints_nothing
says "goroleak: $url/gone: the server answers with status: 503"
run scan "$url/nothing"
exits 2
says 'status: 404'
run scan "$url/words"
exits 2
says 'no goroutine in it'

try 'a redirect is told and not followed'
run scan "$url/moved"
exits 2
says "302, a redirect to $url/dump"

try 'cut on the way: what came is read, and it is an error'
run scan "$url/cut"
exits 2
prints '3 goroutines'
says 'cannot be read'
run scan --format=json "$url/cut"
is "$(value truncated)" true truncated

try 'nobody there'
run scan http://127.0.0.1:1/x
exits 2
says 'cannot be read'
run scan unix:///no/such.sock
exits 2
says 'such.sock: cannot connect to this socket: No such file or directory'
says_lines 1

try 'credentials: not in the URL, but from files'
run scan "http://me:secret@127.0.0.1/dump"
exits 2
says 'use --header @FILE or --netrc'
lacks "$err" secret
printf 'X-Token: abc\n# no\nX-Other: d e\n' >headers
run scan --header @headers "$url/dump"
exits 0
has site/requests 'X-Token: abc'
has site/requests 'X-Other: d e'
echo 'machine 127.0.0.1 login me password secret' >netrc
run scan --netrc netrc "$url/dump"
exits 0
has site/requests 'Authorization: Basic bWU6c2VjcmV0'

try 'bad options'
run scan --header nothing "$url/dump"
exits 2
says "--header: 'nothing' is not 'Name: value' or @FILE"
run scan --header @missing "$url/dump"
exits 2
says 'missing: cannot open'
run scan --timeout 0 "$url/dump"
exits 2
says "--timeout: '0' is not a duration"

try 'a proxy of the environment is not used'
under http_proxy=http://127.0.0.1:1
run scan "$url/dump"
exits 0

# as_long_as BYTES: a dump, and zeros behind it, which cost no disk.
as_long_as() {
    printf 'HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n' "$1" >site/long
    head=$(wc -c <site/long)
    cat "$dump" >>site/long
    truncate -s $((head + $1)) site/long
}

try 'as many bytes as are taken of one answer, and one more'
most=1073741824
as_long_as $most
run scan --timeout 300s "$url/long"
exits 0
prints '3 goroutines'
as_long_as $((most + 1))
run scan --timeout 300s "$url/long"
exits 2
says "goroleak: $url/long: "
says '1 GiB'
rm site/long

try 'a dump that comes slowly, and one that comes too slowly'
run scan --timeout 20s "$url/dump?slowly"
exits 0
prints '3 goroutines in 2 stacks'
run check --history h.db "$url/dump"
exits 0
run check --history h.db --timeout 1s "$url/dump?slowly"
exits 2
says 'takes longer than --timeout gives it'
prints_nothing
run history --history h.db list
prints '1 snapshot '
prints '1 gap'
run check --history h.db --timeout 1s --max-failures 3 "$url/dump?slowly"
exits 2
says_nothing
run check --history h.db "$url/dump"
exits 0
says 'answers again after 2 failures in a row'

try 'silence: the time is over'
mkfifo site/slow
before=$(date +%s)
run scan --timeout 1s "$url/slow"
exits 2
says 'takes longer than --timeout gives it'
[ $(($(date +%s) - before)) -lt 20 ] || wrong='it took long'
finish
