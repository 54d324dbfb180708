#!/bin/sh
# Install what goroleak needs and this machine lacks.
#
#   deps.sh [--print] SET...     SET: build, check, consumers, lint or fuzz
#
# What is there is found by trying it, not by asking a package database.  With
# --print nothing is installed: what is missing and the command that would
# install it go to stderr, and the exit status is 1.  Exit status 0: all there.
set -u

CC=${CC:-cc}
PKG_CONFIG=${PKG_CONFIG:-pkg-config}
CPPFLAGS=${CPPFLAGS:-}

# One line a thing: the sets that need it, its name, and its packages in the
# words of each package manager (several with a comma, - for none).
table() {
    cat <<'END'
sets       name         apt-get           dnf                  apk               pacman      brew
build      compiler     gcc,libc6-dev     gcc                  gcc,musl-dev      gcc         gcc
build      make         make              make                 make              make        make
build      pkg-config   pkg-config        pkgconf-pkg-config   pkgconf           pkgconf     pkgconf
build      pcre2        libpcre2-dev      pcre2-devel          pcre2-dev         pcre2       pcre2
build      xxhash       libxxhash-dev     xxhash-devel         xxhash-dev        xxhash      xxhash
build      uthash       uthash-dev        uthash-devel         uthash-dev        uthash      uthash
build      jansson      libjansson-dev    jansson-devel        jansson-dev       jansson     jansson
build      libarchive   libarchive-dev    libarchive-devel     libarchive-dev    libarchive  libarchive
build      sqlite       libsqlite3-dev sqlite-devel         sqlite-dev        sqlite      sqlite
build      zlib         zlib1g-dev     zlib-devel           zlib-dev          zlib        zlib
build      bzip2        libbz2-dev     bzip2-devel          bzip2-dev        bzip2       bzip2
build      xz           liblzma-dev    xz-devel             xz-dev           xz          xz
build      zstd         libzstd-dev    libzstd-devel        zstd-dev         zstd        zstd
build      libcurl      libcurl4-openssl-dev libcurl-devel    curl-dev          curl        curl
build      protobuf-c   libprotobuf-c-dev protobuf-c-devel     protobuf-c-dev    protobuf-c  protobuf-c
build      protoc-c     protobuf-c-compiler protobuf-c-compiler protobuf-c-compiler protobuf-c protobuf-c
check      cmocka       libcmocka-dev     libcmocka-devel      cmocka-dev        cmocka      cmocka
consumers  xmllint      libxml2-utils     libxml2              libxml2-utils     libxml2     libxml2
consumers  jsonschema   python3-jsonschema python3-jsonschema  py3-jsonschema    python-jsonschema -
lint,fuzz  clang        clang             clang                clang             clang       llvm
fuzz       libfuzzer    libclang-rt-dev   compiler-rt          compiler-rt       compiler-rt llvm
lint       sanitizers   gcc               libasan,libubsan     -                 gcc-libs    -
lint       clang-format clang-format      clang-tools-extra    clang-extra-tools clang       clang-format
lint       clang-tidy   clang-tidy        clang-tools-extra    clang-extra-tools clang       llvm
lint       cppcheck     cppcheck          cppcheck             cppcheck          cppcheck    cppcheck
lint       shellcheck   shellcheck        ShellCheck           shellcheck        shellcheck  shellcheck
lint       mandoc       mandoc            mandoc               mandoc            mandoc      mandoc
lint       valgrind     valgrind          valgrind             valgrind          valgrind    valgrind
END
}

say() {
    echo "goroleak: $*" >&2
}

# compiles CODE [FLAG...]: does a program of these lines compile and link?
# shellcheck disable=SC2086 # CC and CPPFLAGS may hold several words
compiles() {
    code=$1
    shift
    printf '%b\nint main(void) { return 0; }\n' "$code" |
        $CC $CPPFLAGS -x c - -o "$scratch/probe" "$@" >/dev/null 2>&1
}

# library PACKAGE CODE: is the library there as the Makefile will look for it?
# shellcheck disable=SC2046 # flags are several words
library() {
    "$PKG_CONFIG" --exists "$1" 2>/dev/null &&
        compiles "$2" $("$PKG_CONFIG" --cflags --libs "$1")
}

uthash() {
    compiles '#include <uthash.h>' ||
        { command -v brew >/dev/null &&
            compiles '#include <uthash.h>' "-I$(brew --prefix)/include"; }
}

there() {
    case $1 in
    compiler) compiles '#include <stdio.h>' ;;
    pcre2)
        library libpcre2-8 '#define PCRE2_CODE_UNIT_WIDTH 8\n#include <pcre2.h>'
        ;;
    xxhash) library libxxhash '#include <xxhash.h>' ;;
    jansson) library jansson '#include <jansson.h>' ;;
    libarchive) library libarchive '#include <archive.h>' ;;
    sqlite) library sqlite3 '#include <sqlite3.h>' ;;
    zlib) library zlib '#include <zlib.h>' ;;
    bzip2) compiles '#include <stdio.h>\n#include <bzlib.h>' -lbz2 ;;
    xz) library liblzma '#include <lzma.h>' ;;
    zstd) library libzstd '#include <zstd.h>' ;;
    libcurl) library libcurl '#include <curl/curl.h>' ;;
    protobuf-c) library libprotobuf-c '#include <protobuf-c/protobuf-c.h>' ;;
    protoc-c) command -v protoc-c >/dev/null ;;
    uthash) uthash ;;
    jsonschema)
        for python in python3 /usr/bin/python3; do
            "$python" -c 'import jsonschema' 2>/dev/null && return
        done
        return 1
        ;;
    cmocka)
        before='#include <stdarg.h>\n#include <stddef.h>\n'
        before="$before#include <stdint.h>\n#include <setjmp.h>\n"
        library cmocka "$before#include <cmocka.h>"
        ;;
    sanitizers) compiles '' -fsanitize=address,undefined ;;
    libfuzzer) libfuzzer ;;
    pkg-config) command -v "$PKG_CONFIG" >/dev/null ;;
    *) command -v "$1" >/dev/null ;;
    esac
}

libfuzzer() {
    echo 'int LLVMFuzzerTestOneInput(const char *p, long n) { return !p && n; }' |
        "${FUZZ_CC:-clang}" -x c - -o "$scratch/probe" \
            -fsanitize=fuzzer,address >/dev/null 2>&1
}

# The names of all things of the given sets that are not there.
missing() {
    for set in "$@"; do
        table | while read -r sets name rest; do
            case ,$sets, in
            *,"$set",*) there "$name" || echo "$name" ;;
            esac
        done
    done
}

# packages MANAGER NAME...: their packages, each once.
packages() {
    manager=$1
    shift
    for name in "$@"; do
        case $name,$CC in
        compiler,*clang*) name=clang ;; # the compiler that was asked for
        esac
        table | awk -v manager="$manager" -v name="$name" '
            NR == 1 { for (i = 3; i <= NF; i++) if ($i == manager) column = i }
            $2 == name && $column != "-" { gsub(",", "\n", $column)
                                           print $column }'
    done | awk '!seen[$0]++' | tr '\n' ' ' | sed 's/ $//'
}

manager() {
    for m in apt-get dnf apk pacman brew; do
        if command -v "$m" >/dev/null; then
            echo "$m"
            return
        fi
    done
}

# Words before a command that needs root.
as_root() {
    if [ "$1" = brew ] || [ "$(id -u)" -eq 0 ]; then
        return 0
    fi
    if command -v sudo >/dev/null; then
        if [ -t 0 ]; then echo 'sudo '; else echo 'sudo -n '; fi
        return 0
    fi
    return 1
}

install_command() {
    case $1 in
    apt-get) echo 'apt-get install -y --no-install-recommends' ;;
    dnf) echo 'dnf install -y' ;;
    apk) echo 'apk add' ;;
    pacman) echo 'pacman -S --noconfirm --needed' ;;
    brew) echo 'brew install' ;;
    esac
}

update_command() {
    case $1 in
    apt-get) echo 'apt-get update' ;;
    dnf) echo 'dnf makecache' ;;
    apk) echo 'apk update' ;;
    pacman) echo 'pacman -Sy' ;;
    brew) echo 'brew update' ;;
    esac
}

print=no
if [ "${1:-}" = --print ]; then
    print=yes
    shift
fi
if [ $# -eq 0 ]; then
    say 'usage: deps.sh [--print] build|check|consumers|lint|fuzz...'
    exit 2
fi

scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT

lacking=$(missing "$@" | awk '!seen[$0]++')
[ -n "$lacking" ] || exit 0

m=$(manager)
for name in $lacking; do
    # shellcheck disable=SC2046 # one word a package
    if [ -n "$m" ]; then
        set -- $(packages "$m" "$name")
        say "missing: $name${1:+ (package $*)}"
    else
        say "missing: $name"
    fi
done
if [ -z "$m" ]; then
    say 'no known package manager (apt-get, dnf, apk, pacman, brew);' \
        'install these by hand'
    exit 1
fi

# shellcheck disable=SC2086 # one word a name
wanted=$(packages "$m" $lacking)
if [ -z "$wanted" ]; then
    say "$m has no package for these; install them by hand"
    exit 1
fi
install="$(install_command "$m") $wanted"
update=$(update_command "$m")
if ! root=$(as_root "$m"); then
    say 'neither root nor sudo here; as root, run:'
    say "  $update && $install"
    exit 1
fi
if [ $print = yes ]; then
    say 'to install:'
    say "  $root$update && $root$install"
    exit 1
fi

case $m in
apt-get) export DEBIAN_FRONTEND=noninteractive ;;
esac
say "installing: $wanted"
# The index may be missing or stale: then update it, once, and try again.
# shellcheck disable=SC2086 # these are commands of several words
{ $root$install >"$scratch/log" 2>&1 ||
    { $root$update && $root$install; }; } >&2 || {
    cat "$scratch/log" >&2
    say 'that failed; run yourself:'
    say "  $root$update && $root$install"
    exit 1
}
hash -r
# shellcheck disable=SC2086 # one word a name
for name in $lacking; do
    there "$name" || { say "$name is still missing"; failed=yes; }
done
[ -z "${failed:-}" ]
