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
PATH=$(dirname "$goroleak"):$PATH

# script FILE: the commands of its last step, or of its job.
script() {
    sed -n -e '/^      run: |/,$ { /run: |/d; p; }' -e '/^  script:/,/^  artifacts:/ s/^    - //p' "$1"
}

try 'the action for GitHub'
script "$top/integrations/ci/action.yml" >action.sh
PPROF=$url RUN="curl -sS $url/hello" PATH_MAP='' sh -e action.sh >"$out" 2>"$err" ||
    fault 'fails without a leak'
PPROF=$url RUN="curl -sS $url/quote" PATH_MAP="$PWD/server/=server/" \
    sh -e action.sh >"$out" 2>"$err" && fault 'passes a leak'
has "$out" '::error file=server/main.go,line=19,title=goroutine leak::1 goroutine leaked in main.quote.func1, chan send'

try 'the job for GitLab'
script "$top/integrations/ci/gitlab.yml" >job.sh
PPROF=$url TEST="curl -sS $url/quote" sh -e job.sh >"$out" 2>"$err" &&
    fault 'passes a leak'
has goroleak.xml 'message="1 goroutine leaked in main.quote.func1, chan send"'
PPROF=$url TEST=false sh -e job.sh >"$out" 2>"$err" && fault 'passes a failure'
exec 9>&-

finish
