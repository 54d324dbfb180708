#!/bin/sh
# The example of a C test suite for a Go server: one test passes, one fails.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

top=$PWD
enter_scratch
for tool in go curl pkg-config; do
    command -v $tool >/dev/null || {
        skip "cmocka example: no $tool"
        finish
    }
done
if [ "$goroleak" != "$top/build/goroleak" ]; then
    skip 'cmocka example: for the installed library'
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

finish
