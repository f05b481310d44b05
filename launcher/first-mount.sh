#!/bin/sh
# A first real mount with the distribution that was just built, in a home of its own that is removed
# again: shared for root, in a private session for anybody else.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
frg=$(find "$here/target" -maxdepth 3 -path '*/froggr-*/bin/frg' | head -n 1)
[ -n "$frg" ] || {
    echo "first-mount: nothing is built in $here/target; try: mvn -DskipTests package" >&2
    exit 66
}

work=$(mktemp -d)
FROGGR_HOME=$work/home
export FROGGR_HOME
finish() {
    "$frg" session --purge >/dev/null 2>&1 || :
    "$frg" platform stop >/dev/null 2>&1 || :
    rm -rf -- "$FROGGR_HOME" "$work/source"
    rmdir -- "$work/target" "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

mkdir "$work/source" "$work/target"
echo 'Hello from the other side of a mount.' >"$work/source/hello"

run() {
    printf '$ frg'
    printf ' %s' "$@"
    echo
    "$frg" "$@"
}

if [ "$(id -u)" -eq 0 ]; then
    run mount "$work/source" "$work/target"
    run session -l
    echo "$ cat $work/target/hello"
    cat "$work/target/hello"
    run unmount "$work/target"
else
    run session new --name first --private
    run mount -s first "$work/source" "$work/target"
    run session -l
    run exec first -- cat "$work/target/hello"
    [ -e "$work/target/hello" ] || echo "(outside the session there is no $work/target/hello)"
    run session -k first
fi
