#!/bin/sh
# Each report that a test or a crash leaves, in each thing that carries logs:
# what is found in it is what is found in the report itself.
# shellcheck disable=SC2317 # carriers are called by their names
set -u
cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=tests/support/cli.sh disable=SC1091
. tests/support/cli.sh

enter_scratch

# Each of these writes what it reads as its carrier does.
stamped() {
    awk -v pattern="$1" '{
        printf pattern "%s\n", NR % 60, (NR * 7919) % 10000000, $0
    }'
}
github() { stamped '2026-11-27T04:00:%02d.%07dZ '; }
github_cli() { stamped 'test\tRun go test\t2026-11-27T04:00:%02d.%07dZ '; }
gitlab() { stamped '2026-11-27T04:00:%02d.%07dZ 00O '; }
jenkins() { stamped '[2026-11-27T04:00:%02d.%07dZ] '; }
docker_times() { stamped '2026-11-27T04:00:%02d.%07d11Z '; }
compose() { sed 's/^/api-1  | /'; }
kubectl() { sed 's!^![pod/api-7d4f-x2x1/server] !'; }
cri() { stamped '2026-11-27T04:00:%02d.%07dZ stderr F '; }
journal() { stamped 'Nov 27 04:00:%02d host api[%d]: '; }
klog() { stamped 'E1127 04:00:%02d.%07d       1 leak.go:40] '; }
klog_once() { sed '1s/^/E1127 04:00:01.123456       1 leak.go:40] /'; }
buildkite() { awk '{ printf "\033_bk;t=17326800%05d\007%s\n", NR, $0 }'; }
teamcity() { stamped '[04:00:%02d]%d i:\t [Step 1/2] '; }
colours() { awk '{ printf "\033[3%dm%s\033[0m\n", NR % 8, $0 }'; }
erased() { awk '{ printf "\033[0K%s\r\n", $0 }'; }
quoted() { sed 's/^/> /'; }
spaces() { sed 's/^/        /'; }
tabs() { sed "s/^/$(printf '\t\t')/"; }
crlf() { sed "s/\$/$(printf '\r')/"; }
json_of() { awk -v before="$1" -v behind="$2" '{
        gsub(/\\/, "\\\\\\\\"); gsub(/"/, "\\\""); gsub(/\t/, "\\t")
        gsub(/</, "\\u003c"); gsub(/>/, "\\u003e"); gsub(/&/, "\\u0026")
        print before $0 behind
    }'; }
journal_json() {
    json_of '{"_PID":"12","MESSAGE":"' '","SYSLOG_IDENTIFIER":"api"}'
}
vector_json() {
    json_of '{"timestamp": "2026-11-27T04:00:00Z", "message": "' '", "pod": "a"}'
}
docker_json() {
    json_of '{"log":"' '\\n","stream":"stderr","time":"2026-11-27T04:00:00Z"}'
}
go_test_json() {
    json_of '{"Time":"2026-11-27T04:00:00.12Z","Action":"output","Package":"p","Test":"T","Output":"' '\\n"}'
}
docker_vector() { vector_json | docker_json; }
github_json() { go_test_json | github; }
github_colours() { colours | github; }
compose_github() { compose | github; }

# found FILE: the clusters in it.
found() {
    "$goroleak" scan --format=json "$1" 2>"$err" |
        sed -e '/^{"source":/d' -e 's/.*"clusters":\[/[/'
}

while read -r name file; do
    found "fixtures/$file" >want
    for carrier in github github_cli gitlab jenkins docker_times compose \
        kubectl cri journal klog klog_once buildkite teamcity colours erased \
        quoted spaces tabs crlf docker_json go_test_json github_json \
        github_colours compose_github journal_json vector_json docker_vector; do
        try "$name by $carrier"
        $carrier <"fixtures/$file" >carried
        found carried >got
        same got want
    done
done <<'END'
dump debug2/waits/go1.27.txt
timeout timeout/hang/go1.27.txt
crash sigquit/levels/go1.27_all.txt
goleak embedded/goleak_failure.txt
gleak embedded/gleak_failure.txt
leaktest embedded/leaktest_failure.txt
race race/timeout/go1.27.txt
profile profile/go1.27/waits.txt
END

finish
