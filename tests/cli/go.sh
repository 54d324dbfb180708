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

    # As a user who switches back would; without a network, from the cache.
    top=$PWD
    cd "$scratch" || exit 2
    sed 's|goleak "goroleak"|"go.uber.org/goleak"|; s/^package .*/package switched/' \
        "$top/integrations/go/switch_test.go" >switched_test.go
    sed -n '/^go /p; /goleak/s/.*\(go.uber.org.*\)/require \1/p; 1s/.*/module switched/p' \
        "$top/fixtures/src/parity/go.mod" >go.mod
    cp "$top/fixtures/src/parity/go.sum" .
    if GOTOOLCHAIN=local GOFLAGS=-mod=mod GOPROXY=off go vet ./... >"$out" 2>"$err"; then
        try 'what it rests on, goleak does'
        GOTOOLCHAIN=local GOFLAGS=-mod=mod GOPROXY=off go test -count=1 ./... >"$out" 2>"$err"
        status=$?
        exits 0
    else
        skip 'the same tests with goleak: its module is not here'
    fi
else
    skip 'no go'
fi
finish
