#!/bin/sh
# The Go module in integrations/go, where there is Go.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

if command -v go >/dev/null && GOTOOLCHAIN=local go version >/dev/null 2>&1; then
    try 'go test of integrations/go'
    (cd integrations/go &&
        GOTOOLCHAIN=local GOFLAGS=-mod=mod GOROLEAK_BIN=$goroleak \
            go test -count=1 ./...) >"$out" 2>"$err"
    status=$?
    exits 0
else
    skip 'no go'
fi
finish
