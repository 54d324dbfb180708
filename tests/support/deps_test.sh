#!/bin/sh
# Tests of tests/support/deps.sh against stand-ins for every package manager:
# no network, no root, nothing installed.
set -u

scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
deps=$PWD/tests/support/deps.sh
passed=0 failed=0

# The only commands that the script finds: harmless ones, and stand-ins.
mkdir "$scratch/tools"
for tool in sh cat awk sed tr mktemp rm touch grep env; do
    ln -s "$(command -v $tool)" "$scratch/tools/$tool"
done

stand_in() {
    { echo '#!/bin/sh'; cat; } >"$scratch/bin/$1"
    chmod +x "$scratch/bin/$1"
}

# machine UID [MANAGER...]: one where $lacks is missing until a manager ran.
machine() {
    rm -rf "${scratch:?}/bin" "$scratch/done" "$scratch/log"
    mkdir "$scratch/bin"
    : >"$scratch/log"
    echo "echo $1" | stand_in id
    stand_in cc <<END
program=\$(cat)
[ -e "$scratch/done" ] && exit 0
for word in $lacks; do
    case \$program in *"\$word"*) exit 1 ;; esac
done
END
    echo 'exit 0' | stand_in pkg-config
    echo 'exit 0' | stand_in make
    echo 'exit 0' | stand_in protoc-c
    shift
    for manager in "$@"; do
        stand_in "$manager" <<END
[ "\$1" != --prefix ] || exit 0
echo "$manager \$*" >>"$scratch/log"
case \$* in *$needs_update*) [ -e "$scratch/updated" ] || exit 1 ;; esac
case \$* in update|makecache|-Sy) touch "$scratch/updated"; exit 0 ;; esac
[ $works = no ] || touch "$scratch/done"
END
    done
}

# deps_run ARG...: sets $status, $log (what managers were told) and $said.
deps_run() {
    rm -f "$scratch/updated"
    said=$(PATH="$scratch/bin:$scratch/tools" CC=cc PKG_CONFIG=pkg-config \
        sh "$deps" "$@" 2>&1 </dev/null)
    status=$?
    log=$(cat "$scratch/log")
}

# is WHAT GOT WANTED
is() {
    if [ "$2" = "$3" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED: %s\n  got:    %s\n  wanted: %s\n' "$1" "$2" "$3"
    fi
}

# says WHAT TEXT
says() {
    case $said in
    *"$2"*) is "$1" yes yes ;;
    *) is "$1" "$said" "...$2..." ;;
    esac
}

works=yes needs_update='never'

lacks='uthash.h jansson.h'
machine 0 apt-get
deps_run build
is 'apt-get' "$status $log" \
    '0 apt-get install -y --no-install-recommends uthash-dev libjansson-dev'
machine 0 dnf
deps_run build
is 'dnf' "$status $log" '0 dnf install -y uthash-devel jansson-devel'
machine 0 apk
deps_run build
is 'apk' "$status $log" '0 apk add uthash-dev jansson-dev'
machine 0 pacman
deps_run build
is 'pacman' "$status $log" '0 pacman -S --noconfirm --needed uthash jansson'
machine 1000 brew
deps_run build
is 'brew needs no root' "$status $log" '0 brew install uthash jansson'
machine 0 apt-get brew
deps_run build
is 'the system before Homebrew' "$status ${log%% *}" '0 apt-get'
deps_run build
is 'the second time there is nothing to do' "$status $said" '0 '

lacks=nothing
machine 0 apt-get
deps_run build check
is 'nothing is missing' "$status $log$said" '0 '

lacks=cmocka.h
machine 0 apt-get
deps_run build
is 'a set that was not asked for' "$status $log" '0 '
deps_run build check
is 'one more set' "$status $log" \
    '0 apt-get install -y --no-install-recommends libcmocka-dev'

lacks=main
machine 0 apk
deps_run build
is 'no compiler: all that needs one to be tried' "$status $log" \
    '0 apk add gcc musl-dev pcre2-dev xxhash-dev uthash-dev jansson-dev libarchive-dev sqlite-dev zlib-dev bzip2-dev xz-dev zstd-dev curl-dev protobuf-c-dev'

lacks=uthash.h needs_update=uthash
machine 0 apt-get
deps_run build
is 'a stale index' "$status $log" \
    '0 apt-get install -y --no-install-recommends uthash-dev
apt-get update
apt-get install -y --no-install-recommends uthash-dev'
needs_update=never

machine 1000 apt-get
printf 'shift\necho sudo >>%s/log\n"$@"\n' "$scratch" | stand_in sudo
deps_run build
is 'sudo when not root' "$status $log" '0 sudo
apt-get install -y --no-install-recommends uthash-dev'
machine 1000 apt-get
deps_run build
is 'neither root nor sudo' "$status $log" '1 '
says 'neither root nor sudo: the command' \
    'apt-get update && apt-get install -y --no-install-recommends uthash-dev'

machine 0
deps_run build
is 'no package manager' "$status" 1
says 'no package manager: what is missing' 'missing: uthash'

machine 0 dnf
deps_run --print build
is '--print installs nothing' "$status $log" '1 '
says '--print names the package' 'missing: uthash (package uthash-devel)'
says '--print names the command' 'dnf install -y uthash-devel'
lacks=nothing
machine 0 dnf
deps_run --print build
is '--print when all is there' "$status $said" '0 '

lacks=uthash.h works=no
machine 0 apt-get
deps_run build
is 'installed, and still missing' "$status" 1
says 'installed, and still missing: which' 'uthash is still missing'

deps_run
is 'no set' "$status" 2

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
