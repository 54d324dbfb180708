#!/bin/sh
# What integrations/ has for tests, run against a server in Go that leaks: the
# suite in C, of which one test passes and one fails, and the jobs for CI.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

top=$PWD
enter_scratch
for tool in go curl pkg-config; do
    command -v $tool >/dev/null || {
        skip "integrations: no $tool"
        finish
    }
done
if [ "$goroleak" != "$top/build/goroleak" ]; then
    skip 'integrations: for the installed library'
    finish
fi

try 'the example of integrations/cmocka'
make -C "$top" -s install DESTDIR="$PWD/there" PREFIX=/usr >"$out" 2>&1 ||
    wrong='not installed'
cp -r "$top/integrations/cmocka" example
libraries=$(dirname "$(find there -name libgoroleak.so | head -n 1)")
cd example || exit 2
GOFLAGS=-mod=mod CPPFLAGS="-I$PWD/../there/usr/include" \
    LDFLAGS="-L$PWD/../$libraries" LD_LIBRARY_PATH="$PWD/../$libraries" \
    PKG_CONFIG_PATH="$PWD/../$libraries/pkgconfig" \
    make check >"$out" 2>&1 && wrong='nothing failed'
has "$out" '[       OK ] test_hello'
has "$out" '[  FAILED  ] test_quote'
has "$out" 'chan send'
has "$out" 'main.quote.func1'
lacks "$out" '[  FAILED  ] test_hello'

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
