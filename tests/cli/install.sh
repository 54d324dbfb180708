#!/bin/sh
# Install under another root and PREFIX, use what was installed as a stranger
# would, uninstall, and find nothing left.
set -u

scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
passed=0 failed=0 skipped=0

# Not a part of the make that may have started this.
unset MAKEFLAGS MFLAGS MAKELEVEL
make=${MAKE:-make} cc=${CC:-cc} pkg_config=${PKG_CONFIG:-pkg-config}
unset PREFIX BINDIR LIBDIR INCLUDEDIR MANDIR DESTDIR
root=$scratch/root prefix=/opt/goroleak-test
lib=$root$prefix/lib

# wants WHAT COMMAND...: its success.
wants() {
    what=$1
    shift
    if "$@" >"$scratch/log" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $what"
        cat "$scratch/log"
    fi
}

skip() {
    skipped=$((skipped + 1))
    echo "skipped: $*"
}

installed_pc() {
    PKG_CONFIG_SYSROOT_DIR=$root PKG_CONFIG_PATH=$lib/pkgconfig \
        "$pkg_config" "$@" goroleak
}

# shellcheck disable=SC2046,SC2086 # compiler and flags are several words
build_with_pc() {
    $cc ${CFLAGS:-} -std=c11 "$1" -o "$2" $(installed_pc --cflags --libs) \
        ${LDFLAGS:-}
}

# `goroleak` finds leaks there, so 1 or 0: this asks that it ran at all.
run_example() {
    LD_LIBRARY_PATH=$lib "$scratch/example" fixtures/series/leaky
    [ $? -le 1 ]
}

same_version() {
    version=$(sed -n 's/.*GRL_VERSION "\(.*\)"/\1/p' include/goroleak.h)
    [ "$(installed_pc --modversion)" = "$version" ]
}

no_file_in() {
    find "$1" ! -type d | tee "$scratch/left"
    [ ! -s "$scratch/left" ]
}

wants 'make install' "$make" install DESTDIR="$root" PREFIX=$prefix
wants 'the program runs' "$root$prefix/bin/goroleak" --version
wants 'the shared library is there by three names' \
    test -e "$lib/libgoroleak.so" -a -e "$lib/libgoroleak.so.0" \
    -a -f "$(readlink -f "$lib/libgoroleak.so")"
wants 'the .pc file has the version of the header' same_version
wants 'the .pc file names no build or scratch folder' \
    sh -c "! grep -e '$scratch' -e '$PWD' '$lib/pkgconfig/goroleak.pc'"

# The header alone, in C and in C++.
echo '#include <goroleak.h>' >"$scratch/alone.c"
cp "$scratch/alone.c" "$scratch/alone.cc"
# shellcheck disable=SC2086 # CC may be several words
wants 'the header alone, as C11' $cc -std=c11 -Wall -Wextra -Wpedantic -Werror \
    -I"$root$prefix/include" -fsyntax-only "$scratch/alone.c"
cxx=$(command -v g++ || command -v clang++)
if [ -n "$cxx" ]; then
    wants 'the header alone, as C++' "$cxx" -Wall -Wextra -Wpedantic -Werror \
        -I"$root$prefix/include" -fsyntax-only "$scratch/alone.cc"
else
    skip 'header as C++: neither g++ nor clang++ here'
fi

# A program of ours, then the one that the documentation shows.
cat >"$scratch/least.c" <<'END'
#include <goroleak.h>
#include <string.h>
int main(void) { return strcmp(grl_version(), GRL_VERSION); }
END
wants 'a program through the .pc file' \
    build_with_pc "$scratch/least.c" "$scratch/least"
wants 'it finds the shared library' \
    env LD_LIBRARY_PATH="$lib" "$scratch/least"
if [ -f docs/example.c ]; then
    wants 'docs/example.c through the .pc file' \
        build_with_pc docs/example.c "$scratch/example"
    wants 'docs/example.c on fixtures/series/leaky' run_example
else
    skip 'docs/example.c: not there'
fi

wants 'make uninstall' "$make" uninstall DESTDIR="$root" PREFIX=$prefix
wants 'nothing is left' no_file_in "$root"

echo "$passed passed, $failed failed$([ $skipped -eq 0 ] ||
    echo ", $skipped skipped")"
[ $failed -eq 0 ]
