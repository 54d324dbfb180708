#!/bin/sh
# What integrations/ has for tests, run against a server in Go that leaks: the
# suite in C, of which one test passes and one fails, and the jobs for CI.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

top=$PWD
enter_scratch
if [ "$goroleak" != "$top/build/goroleak" ]; then
    skip 'integrations: for the installed library'
    finish
fi
if ! command -v pkg-config >/dev/null; then
    skip 'integrations: no pkg-config'
    finish
fi
make -C "$top" -s install DESTDIR="$PWD/there" PREFIX=/usr >installed 2>&1 || {
    try 'the library is installed'
    fault "$(tail -n 1 installed)"
    finish
}
there=$PWD/there/usr
libraries=$(dirname "$(find "$PWD/there" -name libgoroleak.so | head -n 1)")

# check_example FOLDER [TOOLS]: its suite runs, with the programs of TOOLS, and says
# what it should of each test.
check_example() {
    PATH=${2:+$2:}$PATH GOFLAGS=-mod=mod CPPFLAGS="-I$there/include" LDFLAGS="-L$libraries" \
        LD_LIBRARY_PATH=$libraries PKG_CONFIG_PATH=$libraries/pkgconfig \
        make -C "$1" check >"$out" 2>&1 && fault 'nothing failed'
    has "$out" '[       OK ] test_hello'
    has "$out" '[  FAILED  ] test_quote'
    has "$out" 'chan send'
    has "$out" 'main.quote.func1'
    has "$out" 'suite.c:' # where the assertion stands
    lacks "$out" '[  FAILED  ] test_hello'
}

# Its server and its client are two scripts here, and its dumps recorded ones.
try 'the example of integrations/cmocka, on recorded dumps'
cp -r "$top/integrations/cmocka" recorded
mkdir -p recorded/build tools
cat >recorded/build/server <<'END'
#!/bin/sh
cp fixtures/before.txt build/now
echo build/now
cat >/dev/null
END
cat >tools/curl <<'END'
#!/bin/sh
case $2 in
*/quote) cp fixtures/after.txt build/now ;;
*/debug/pprof/*) cat build/now ;;
esac
END
ln -s "$top/fixtures/server" recorded/fixtures
chmod +x recorded/build/server tools/curl
check_example recorded "$PWD/tools"

# ------------------------------------------------- failing jobs, as documented

# script FILE: the commands of its last step, or of its job.
script() {
    sed -n -e '/^      run: |/,$ { /run: |/d; p; }' -e '/^  script:/,/^  artifacts:/ s/^    - //p' "$1"
}

# now_is NAME: the dump that the server, which is a folder here, answers with.
now_is() {
    { printf 'HTTP/1.1 200 OK\r\n\r\n'; cat "$top/fixtures/server/$1.txt"; } >site/.next
    mv site/.next site/debug/pprof/goroutine
}

# documented: every line that was printed is in docs/ASSERT.md, but for the port
# and the time.
documented() {
    sed -e "s|$url|http://localhost:6060|" -e 's/timestamp="[^"]*"/timestamp=""/' \
        "$out" >printed
    sed 's/timestamp="[^"]*"/timestamp=""/' "$top/docs/ASSERT.md" >documented
    [ -s printed ] || fault 'nothing is printed'
    is "$(grep -v -x -F -f documented printed)" '' 'not in docs/ASSERT.md'
}

mkdir -p site/debug/pprof
now_is before
serve site
url=$served
{ printf 'HTTP/1.1 200 OK\r\n\r\n'; cat fixtures/server/after.txt; } >leak
PATH=$(dirname "$goroleak"):$PATH
script "$top/integrations/ci/action.yml" >action.sh
script "$top/integrations/ci/gitlab.yml" >job.sh
# shellcheck disable=SC2016 # as in a job
echo 'goroleak run --pprof="$PPROF" --before -- sh -c "$TEST"' >plain.sh
for job in action job plain; do
    try "a failing job, as documented: $job.sh"
    now_is before
    PPROF=$url TEST='cp leak site/debug/pprof/goroutine' RUN='cp leak site/debug/pprof/goroutine' \
        PATH_MAP=example.com/= sh -e $job.sh >"$out" 2>"$err"
    is $? 1 status
    documented
    try "a job without a leak: $job.sh"
    PPROF=$url TEST=true RUN=true PATH_MAP='' sh -e $job.sh >"$out" 2>"$err"
    is $? 0 status
done
try 'the job for GitLab passes the failure of its tests on'
rm goroleak.xml
PPROF=$url TEST='exit 7' sh -e job.sh >"$out" 2>"$err"
is $? 7 status
prints_nothing

for tool in go curl; do
    command -v $tool >/dev/null || {
        skip "integrations with a real server: no $tool"
        finish
    }
done

try 'the example of integrations/cmocka'
cp -r "$top/integrations/cmocka" example
check_example example
cd example || exit 2

# ---------------------------------------------------------------------- CI

mkfifo stop
build/server <stop >url &
exec 9>stop
while [ ! -s url ]; do sleep 0.1; done
url=$(cat url)

try 'the action for GitHub'
PPROF=$url RUN="curl -sS $url/hello" PATH_MAP='' sh -e ../action.sh >"$out" 2>"$err" ||
    fault 'fails without a leak'
PPROF=$url RUN="curl -sS $url/quote" PATH_MAP="$PWD/server/=server/" \
    sh -e ../action.sh >"$out" 2>"$err" && fault 'passes a leak'
has "$out" '::error file=server/main.go,line=19,title=goroutine leak::1 goroutine leaked in main.quote.func1, chan send'

try 'the job for GitLab'
PPROF=$url TEST="curl -sS $url/quote" sh -e ../job.sh >"$out" 2>"$err" &&
    fault 'passes a leak'
has goroleak.xml 'message="1 goroutine leaked in main.quote.func1, chan send"'
exec 9>&-

finish
