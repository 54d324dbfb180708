#!/bin/sh
# Who may include what, so that data flows one way (docs/ has the picture):
#
#   src/lib/STAGE  its own stage or an earlier one, as "stage/file.h";
#                  goroleak.h; <uthash.h> in a table.h only
#   src/cli        goroleak.h, its own headers, the C library
#   tests/api      goroleak.h, its own headers, cmocka, the C library
#
#   layers.sh [ROOT]     names each include that breaks this; exit status 1
set -u

root=${1:-.}
cd "$root" || exit 2
files=$(find src/lib src/cli tests/api -name '*.[ch]' 2>/dev/null |
    LC_ALL=C sort)
[ -n "$files" ] || { echo "layers: no C file in $root" >&2; exit 2; }

# shellcheck disable=SC2086 # one word a file
awk '
function bad(why) {
    printf "%s:%d: %s: %s\n", FILENAME, FNR, name, why
    failed = 1
}

# The stage of "stage/file.h", 0 when it names none.
function stage_of(path) {
    return split(path, part, "/") == 2 && part[1] in rank ? rank[part[1]] : 0
}

BEGIN {
    n = split("base input parse model rules analyse store report api", s, " ")
    for (i = 1; i <= n; i++)
        rank[s[i]] = i
    n = split("assert complex ctype errno fenv float inttypes iso646 limits " \
              "locale math setjmp signal stdalign stdarg stdatomic stdbool " \
              "stddef stdint stdio stdlib stdnoreturn string tgmath threads " \
              "time uchar wchar wctype dirent fcntl fnmatch getopt glob poll " \
              "pthread strings termios unistd sys/ioctl sys/mman " \
              "sys/resource sys/select sys/socket sys/stat sys/time " \
              "sys/types sys/wait", s, " ")
    for (i = 1; i <= n; i++)
        libc[s[i] ".h"] = 1
    for (i = 1; i < ARGC; i++)
        exists[ARGV[i]] = 1
}

/^[ \t]*#[ \t]*include/ {
    name = $0
    sub(/^[ \t]*#[ \t]*include[ \t]*/, "", name)
    quoted = name ~ /^"/
    if (!match(name, /^("[^"]*"|<[^>]*>)/)) {
        bad("not a plain include")
        next
    }
    name = substr(name, 2, RLENGTH - 2)
    split(FILENAME, at, "/")
    if (name == "goroleak.h" || name == "goroleak_cmocka.h")
        next
    if (at[2] == "lib") {
        if (!(at[3] in rank))
            bad("no stage is called " at[3])
        else if (!quoted && (name in exists || stage_of(name)))
            bad("use quotes for our own headers")
        else if (!quoted && name == "uthash.h" && FILENAME !~ /\/table\.h$/)
            bad("include uthash.h through table.h")
        else if (quoted && !stage_of(name))
            bad("write \"stage/file.h\"")
        else if (quoted && stage_of(name) > rank[at[3]])
            bad("a later stage than " at[3])
    } else if (at[2] == "cli") {
        if (quoted ? !(("src/cli/" name) in exists) : !(name in libc))
            bad("the program includes goroleak.h and its own headers only")
    } else if (quoted ? !(("tests/api/" name) in exists) \
                      : !(name in libc || name == "cmocka.h"))
        bad("API tests include goroleak.h, their own headers, cmocka.h and the C library only")
}

END { exit failed }
' $files >&2
