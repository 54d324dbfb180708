# For test suites in sh and bats: source this file.
#
#   leaks_begin URL        remember what is there
#   leaks_end [OPTION...]  fail, with a report, when more is there than then
#
# URL is a server with net/http/pprof, such as http://localhost:6060.  In bats,
# call them in setup() and teardown().  GOROLEAK is the program (goroleak).
#
# shellcheck shell=sh

leaks_begin() {
    leaks_url=$1
    leaks_before=$(mktemp) || return 2
    "${GOROLEAK:-goroleak}" scan --format=snapshot "$leaks_url" >"$leaks_before" ||
        { rm -f "$leaks_before"; return 2; }
}

leaks_end() {
    "${GOROLEAK:-goroleak}" assert --settle=2s --baseline="$leaks_before" \
        "$@" "$leaks_url"
    leaks_status=$?
    rm -f "$leaks_before"
    return $leaks_status
}
