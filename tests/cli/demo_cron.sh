#!/bin/sh
# make demo-cron: the messages of a leak that is found, open and resolved, of
# recorded dumps and, where Go is there, of a server that runs.
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

top=$PWD
enter_scratch
mkdir bin
printf '#!/bin/sh\nexit 1\n' >bin/go
chmod +x bin/go

# messages: what was told, a line each.
messages() {
    GOROLEAK=$goroleak sh "$top/tests/support/demo_cron.sh" 2>"$err" |
        sed -n 's/^leak \([a-z ]*\):.*/\1/p' | tr '\n' ';'
}

try 'recorded dumps'
is "$(PATH=$PWD/bin:$PATH messages)" 'found;still open;resolved;' told

if command -v go >/dev/null; then
    try 'a server that runs'
    is "$(messages)" 'found;still open;resolved;' told
else
    skip 'a server that runs: no go'
fi

finish
