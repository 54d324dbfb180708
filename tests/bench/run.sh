#!/bin/sh
# run.sh: what does goroleak cost?  Run by `make bench`; prints tables, and
# writes build/bench/latest.json, which a later run can be compared with.
#
# The machine is shared, so seconds mean little: read the ratios.  Programs
# take turns, round by round, and every figure is a median.
#
#   GOROLEAK      the program (build/goroleak)
#   BASE          an earlier latest.json: print the ratios against it
#   BENCH_MIB     size of the dump (512)
#   BENCH_SIZES   MiB of the smaller dumps that show how cost grows (1 8 64)
#   BENCH_ROUNDS  rounds (5); a round runs the quick programs 3 times
#   BENCH_FLAGS   more options for goroleak scan
#   BENCH_SMALL_FILES   of 40 KiB (1000)
#   BENCH_MANY    goroutines of as many signatures (100000), 2 KiB each
#   BENCH_SIGNATURES, BENCH_SPREAD   passed on to gen (300, zipf)
#   GOMAXPROCS    is gostackparse's as well: 1 keeps its collector off the
#                 other cores
#
# Exit status: 0; 1 when goroleak, gostackparse and the generator do not agree
# on what the dump holds; 2 when it could not be measured.
set -eu

absolute() {
    case $1 in
    */*) printf '%s/%s\n' "$(cd "${1%/*}" && pwd)" "${1##*/}" ;;
    *) printf '%s/%s\n' "$PWD" "$1" ;;
    esac
}

die() {
    echo "bench: $*" >&2
    exit 2
}

# The tools must not read the dump as the user's language.
LC_ALL=C
# A missing Go release is a peer to skip, not one to download.
GOTOOLCHAIN=local
export LC_ALL GOTOOLCHAIN

root=$(cd "$(dirname "$0")/../.." && pwd)
goroleak=$(absolute "${GOROLEAK:-$root/build/goroleak}")
mib=${BENCH_MIB:-512}
sizes="${BENCH_SIZES:-1 8 64} $mib"
rounds=${BENCH_ROUNDS:-5}
base=
[ -x "$goroleak" ] || die "$goroleak: no such program; run make first"
if [ -n "${BASE:-}" ]; then
    [ -r "$BASE" ] || die "$BASE: cannot read it"
    base=$(absolute "$BASE")
fi

cd "$root"
bin=build/bench
mkdir -p $bin
tmp=$(mktemp -d "${TMPDIR:-/tmp}/goroleak-bench.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' HUP INT TERM

# -------------------------------------------------------------- programs

compile() {
    ${CC:-cc} -std=c11 -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64 -O2 \
        -o "$bin/$1" "tests/bench/$1.c" -lm || die "cannot build $1"
}

# Prints why there is no peer, or nothing.
build_peer() {
    if ! command -v go >/dev/null 2>&1; then
        echo 'no go'
    elif ! (cd "tests/bench/$1" && go build -o "../../../$bin/$1" .) \
        >"$tmp/go.log" 2>&1; then
        sed 's/^/bench: /' "$tmp/go.log" >&2
        echo 'it does not build'
    fi
}

compile gen
compile measure
no_gostackparse=$(build_peer gostackparse)
no_panicparse=$(build_peer panicparse)

# ------------------------------------------------------------------ dumps

# dump MIB: $tmp/MIB.txt, and the truth about it beside.
dump() {
    [ ! -f "$tmp/$1.txt" ] || return 0
    $bin/gen --bytes "$1M" --signatures "${BENCH_SIGNATURES:-300}" \
        --spread "${BENCH_SPREAD:-zipf}" --table "$tmp/$1.table" \
        --counts "$tmp/$1.counts" >"$tmp/$1.txt" || die 'cannot make a dump'
}

# truth MIB WORD: one number of its table.
truth() {
    awk -v word="$2" '$1 == word { print $2 }' "$tmp/$1.table"
}

for size in $sizes 8; do
    dump "$size"
done
big=$tmp/$mib.txt

# Shapes that cost more: all stacks different, many small files, a log, many
# rules.
many=${BENCH_MANY:-100000}
$bin/gen --bytes $((many * 2150)) --signatures "$many" --spread even \
    --table "$tmp/many.table" >"$tmp/many.txt" || die 'cannot make a dump'
small_files=${BENCH_SMALL_FILES:-1000}
$bin/gen --bytes 40K --table "$tmp/small.table" >"$tmp/small.txt" ||
    die 'cannot make a dump'
mkdir "$tmp/small"
for i in $(seq "$small_files"); do
    cp "$tmp/small.txt" "$tmp/small/$i.txt"
done
# The log of a server, in which a dump comes at last.
awk 'BEGIN {
    for (i = 0; i < 500000; i++)
        printf "2026-01-02T15:%02d:%02d.%03dZ INFO server/handler.go:%d " \
            "request served user=%d status=200 trace=%08x took=%.3fms\n", \
            i / 60000 % 60, i / 1000 % 60, i % 1000, i % 700, i % 9973, \
            i * 2654435761 % 4294967296, i % 977 / 7
}' >"$tmp/log.txt"
cat "$tmp/small.txt" >>"$tmp/log.txt"
main_goroutine='goroutine 1 [select]:\nmain.main()\n\t/src/main.go:9 +0x1d\n'
# shellcheck disable=SC2059 # a format of ours
printf "$main_goroutine" >"$tmp/start.txt"
patterns=$(for i in $(seq 50); do
    echo "--ignore any:^no/such/package${i}[.]"
done)

# What was made is not to be written to the disk while programs are measured.
sync

# ------------------------------------------------------------ measurement

# measure SUBJECT COMMAND...: one more row.  The output goes to a file, since
# grep reads no further than the first match when it writes to /dev/null.
measure() {
    subject=$1
    shift
    cost=$($bin/measure --stdout "$tmp/out" "$@")
    case $cost in
    *' 0') printf '%s %s\n' "$subject" "$cost" >>"$tmp/rows" ;;
    *) die "failed (exit status ${cost##* }): $*" ;;
    esac
}

scan() {
    subject=$1
    shift
    # shellcheck disable=SC2086 # several options
    measure "$subject" "$goroleak" scan --format=json --top 1 \
        ${BENCH_FLAGS:-} "$@"
}

# through_pipe SUBJECT COMMAND...: the big dump from cat.
through_pipe() {
    subject=$1
    shift
    # shellcheck disable=SC2016 # sh -c expands
    measure "$subject" sh -c 'f=$1; shift; cat "$f" | "$@"' sh "$big" "$@"
}

quick_programs() {
    measure wc wc -l "$big"
    measure grep grep -c '^goroutine ' "$big"
    scan goroleak "$big"
    scan threads.1 --threads 1 "$big"
    scan threads.2 --threads 2 "$big"
    # shellcheck disable=SC2086 # several options
    scan rules $patterns "$big"
    scan many "$tmp/many.txt"
    # shellcheck disable=SC2086 # several options
    measure many.text "$goroleak" scan ${BENCH_FLAGS:-} "$tmp/many.txt"
    scan files "$tmp/small"
    scan log "$tmp/log.txt"
    # shellcheck disable=SC2086 # several options
    measure diff "$goroleak" diff --format=json ${BENCH_FLAGS:-} "$big" "$big"
    scan start "$tmp/start.txt"
    through_pipe pipe.wc wc -l
    # shellcheck disable=SC2086 # several options
    through_pipe pipe.goroleak "$goroleak" scan --format=json --top 1 \
        ${BENCH_FLAGS:-} -
    for size in $sizes; do
        scan "size.$size" "$tmp/$size.txt"
    done
}

# Not measured: brings the files and the programs into memory.
quick_programs
: >"$tmp/rows"

echo "bench: $rounds rounds on $mib MiB" >&2
round=0
while [ "$round" -lt "$rounds" ]; do
    round=$((round + 1))
    for _ in 1 2 3; do
        quick_programs
    done
    [ -n "$no_gostackparse" ] || measure gostackparse $bin/gostackparse "$big"
    [ -n "$no_panicparse" ] || measure panicparse $bin/panicparse "$tmp/8.txt"
done

# ------------------------------------------------------------------ truth

wrong=0

# agree WHAT EXPECTED FOUND
agree() {
    if [ "$2" = "$3" ]; then
        printf '  %-34s %s\n' "$1" "$3"
    else
        printf '  %-34s %s, but the dump has %s\n' "$1" "${3:-nothing}" "$2"
        wrong=1
    fi
}

# Each object on a line of its own, whatever the layout.
objects() {
    tr '\n{' ' \n' <"$1"
}

# same_sizes WHO FILE: one size of a group a line, in any order.
same_sizes() {
    if sort -n "$2" | cmp -s - "$tmp/sizes"; then
        agree "$1 size of each cluster" equal equal
    else
        agree "$1 size of each cluster" 'other sizes' 'some sizes'
    fi
}

check_goroleak() {
    "$goroleak" scan --format=json "$big" >"$tmp/json" || die 'scan failed'
    objects "$tmp/json" | sed -n \
        's/.*"goroutines": *\([0-9]*\), *"clusters": *\([0-9]*\).*/\1 \2/p' \
        >"$tmp/found"
    read -r goroutines clusters <"$tmp/found" || die 'no counts in the JSON'
    agree 'goroleak goroutines' "$(truth "$mib" goroutines)" "$goroutines"
    agree 'goroleak clusters' "$(truth "$mib" signatures)" "$clusters"
    objects "$tmp/json" | sed -n \
        's/^ *"signature": *"[0-9a-f]*", *"count": *\([0-9]*\).*/\1/p' \
        >"$tmp/scan.sizes"
    same_sizes goroleak "$tmp/scan.sizes"
}

check_gostackparse() {
    $bin/gostackparse "$big" >"$tmp/found"
    agree 'gostackparse goroutines' "$(truth "$mib" goroutines)" \
        "$(awk '$1 == "goroutines" { print $2 }' "$tmp/found")"
    agree 'gostackparse groups' "$(truth "$mib" signatures)" \
        "$(awk '$1 == "signatures" { print $2 }' "$tmp/found")"
    $bin/gostackparse -counts "$big" >"$tmp/peer.sizes"
    same_sizes gostackparse "$tmp/peer.sizes"
}

# ----------------------------------------------------------------- report

# rows: subject wall_ns user_us system_us rss_kib status
# medians: subject wall_ns rss_kib, where the memory is the largest seen.
sort -k1,1 -k2,2n "$tmp/rows" | awk '
    function flush_subject() {
        if (n > 0)
            printf "%s %.0f %d\n", subject, \
                (wall[int((n + 1) / 2)] + wall[int(n / 2) + 1]) / 2, rss
    }
    $1 != subject { flush_subject(); subject = $1; n = 0; rss = 0 }
    { wall[++n] = $2; if ($5 > rss) rss = $5 }
    END { flush_subject() }' >"$tmp/medians"

# wall SUBJECT: its median, or 0.
wall() {
    awk -v s="$1" '$1 == s { w = $2 } END { print w + 0 }' "$tmp/medians"
}

bytes_of() {
    case $1 in
    panicparse) truth 8 bytes ;;
    many*) truth many bytes ;;
    files) echo $((small_files * $(truth small bytes))) ;;
    diff) echo $((2 * $(truth "$mib" bytes))) ;;
    log | start) wc -c <"$tmp/$1.txt" ;;
    size.*) truth "${1#size.}" bytes ;;
    *) truth "$mib" bytes ;;
    esac
}

# The programs, per byte, so that the peer with a small dump fits in.
program_rows() {
    while read -r subject ns kib; do
        echo "$subject $ns $kib $(bytes_of "$subject")"
    done <"$tmp/medians"
}

print_programs() {
    program_rows | awk -v wc="$(wall wc)" -v go="$(wall gostackparse)" \
        -v bytes="$(truth "$mib" bytes)" -v files="$small_files" \
        -v many="$(truth many signatures)" '
    function row(s, title,    per, faster) {
        if (!(s in ns))
            return
        per = ns[s] / size[s]
        faster = "-"
        if (go != 0)
            faster = sprintf("%.2f", go / bytes / per)
        printf "%-30s %9.1f %8.0f %9.2f %10s %9.1f\n", title, ns[s] / 1e6, \
            1e9 / 1048576 / per, per / wc * bytes, faster, kib[s] / 1024
    }
    { ns[$1] = $2; kib[$1] = $3; size[$1] = $4 }
    END {
        printf "%-30s %9s %8s %9s %10s %9s\n", "", "ms", "MiB/s", \
            "x wc -l", "x faster", "peak MiB"
        printf "%-30s %9s %8s %9s %10s\n", "", "", "", "time", "than gsp."
        row("wc", "wc -l")
        row("grep", "grep -c ^goroutine")
        row("goroleak", "goroleak scan FILE")
        row("threads.1", "... --threads 1")
        row("threads.2", "... --threads 2")
        row("rules", "... 50 x --ignore")
        row("many", "... " many " signatures")
        row("many.text", "... the same, all printed")
        row("files", "... " files " files of 40 KiB")
        row("log", "... a log with one dump")
        row("diff", "goroleak diff FILE FILE")
        row("pipe.wc", "cat FILE | wc -l")
        row("pipe.goroleak", "cat FILE | goroleak scan -")
        row("gostackparse", "gostackparse + map (gsp.)")
        row("panicparse", "panicparse, on 8 MiB")
    }'
    awk '$1 == "start" {
        printf "one goroutine, from start to end: %.2f ms\n", $2 / 1e6
    }' "$tmp/medians"
    [ -z "$no_gostackparse" ] || echo "gostackparse: skipped: $no_gostackparse"
    [ -z "$no_panicparse" ] || echo "panicparse: skipped: $no_panicparse"
}

print_sizes() {
    printf '%8s %11s %9s %9s %14s %9s\n' MiB goroutines ms ns/KiB \
        ns/goroutine 'peak MiB'
    for size in $sizes; do
        awk -v s="size.$size" -v mib="$size" -v b="$(truth "$size" bytes)" \
            -v g="$(truth "$size" goroutines)" '
        $1 == s {
            printf "%8d %11d %9.1f %9.1f %14.1f %9.1f\n", mib, g, $2 / 1e6, \
                $2 / b * 1024, $2 / g, $3 / 1024
        }' "$tmp/medians"
    done
}

# One flat object, one key a line: what print_base reads without a parser.
write_json() {
    awk -v wc="$(wall wc)" -v go="$(wall gostackparse)" \
        -v bytes="$(truth "$mib" bytes)" \
        -v goroutines="$(truth "$mib" goroutines)" \
        -v signatures="$(truth "$mib" signatures)" -v rounds="$rounds" '
    BEGIN {
        printf "{\n  \"schema\": 1,\n  \"rounds\": %d,\n", rounds
        printf "  \"dump.bytes\": %.0f,\n", bytes
        printf "  \"dump.goroutines\": %d,\n", goroutines
        printf "  \"dump.signatures\": %d", signatures
    }
    {
        printf ",\n  \"%s.wall_ns\": %.0f", $1, $2
        printf ",\n  \"%s.peak_rss_kib\": %d", $1, $3
        if ($1 ~ /^(size[.]|panicparse|many|files|log|diff|start)/)
            next
        printf ",\n  \"%s.times_wc\": %.4f", $1, $2 / wc
        if (go > 0)
            printf ",\n  \"%s.times_faster_than_gostackparse\": %.4f", $1, \
                go / $2
    }
    END { printf "\n}\n" }' "$tmp/medians" >"$tmp/json"
    mv "$tmp/json" $bin/latest.json
}

print_base() {
    awk -F '[":, ]+' '
    FNR == NR { was[$2] = $3; next }
    $2 == "dump.bytes" && $3 != was[$2] {
        printf "(that dump had %.0f bytes, this one %.0f)\n", was[$2], $3
    }
    /[.](wall_ns|peak_rss_kib|times_wc)"/ && was[$2] > 0 {
        name = $2
        sub(/[.][a-z_]*$/, "", name)
        if (!(name in seen)) {
            seen[name] = 1
            order[++n] = name
        }
        ratio[$2] = sprintf("%.2f", $3 / was[$2])
    }
    function cell(key) { return key in ratio ? ratio[key] : "-" }
    END {
        printf "%-20s %9s %14s %9s\n", "", "time", "time / wc -l", "peak"
        for (i = 1; i <= n; i++)
            printf "%-20s %9s %14s %9s\n", order[i], \
                cell(order[i] ".wall_ns"), cell(order[i] ".times_wc"), \
                cell(order[i] ".peak_rss_kib")
    }' "$tmp/base.json" $bin/latest.json
}

# It may be the file that is about to be written.
[ -z "$base" ] || cp "$base" "$tmp/base.json"
write_json

printf '%s\n' "A dump of $(truth "$mib" bytes) bytes, $(truth "$mib" lines)" \
    "lines, $(truth "$mib" goroutines) goroutines," \
    "$(truth "$mib" signatures) signatures; medians:" | paste -sd ' ' -
echo
print_programs
echo
echo 'goroleak scan, as the dump grows:'
echo
print_sizes
echo
echo 'Do they find what the generator wrote?'
echo
awk '{ print $2 }' "$tmp/$mib.counts" | sort -n >"$tmp/sizes"
check_goroleak
[ -n "$no_gostackparse" ] || check_gostackparse
if [ -n "$base" ]; then
    echo
    echo "This run / $BASE:"
    echo
    print_base
fi
echo
echo "written: $bin/latest.json"
exit $wrong
