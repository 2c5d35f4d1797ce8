#!/bin/sh
# Makes .venv with the pinned and hashed packages, once: environment.sh run | dev
# A failure is one line with its cure; what pip said stays in .venv/install.log.
set -eu

set_of_packages=${1:-run}
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
venv=$root/.venv
log=$venv/install.log
half_made=$venv/.half-made
oldest='3.11'
release=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$root/pyproject.toml")
network_errors='NewConnectionError\|NameResolutionError\|ConnectTimeout\|ReadTimeout\|ProxyError\|SSLError\|Connection refused\|Connection reset\|IncompleteRead\|ProtocolError\|HTTP error\|HTTPError'
nothing_found='No matching distribution found'
got_something='^ *\(Downloading\|Using cached\|Processing\|Requirement already satisfied\)'

fail() {
    printf 'morgen: %s\n' "$1" >&2
    exit 1
}

# A command that exists may still not start (a shim of a version that is gone): only running it tells.
version_of() {
    "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true
}

is_new_enough() {
    [ -n "$1" ] && [ "${1%%.*}" -eq 3 ] && [ "${1#*.}" -ge "${oldest#*.}" ]
}

pick_python() {
    too_old=''
    if [ -n "${PYTHON:-}" ]; then
        version=$(version_of "$PYTHON")
        [ -n "$version" ] || fail "PYTHON=$PYTHON does not start; name a Python $oldest or newer, such as PYTHON=python3.12"
        is_new_enough "$version" || fail "PYTHON=$PYTHON is Python $version, and Morgen needs $oldest or newer; name another"
        python=$PYTHON
        return
    fi
    for python in python3 python3.13 python3.12 python3.11; do
        version=$(version_of "$python")
        if is_new_enough "$version"; then
            return
        fi
        too_old=${too_old:-$version}
    done
    how="install one (Debian 12, Ubuntu 24.04 and newer: sudo apt install python3 python3-venv), or name yours: PYTHON=/path/to/python3"
    [ -n "$too_old" ] || fail "no Python found, and Morgen needs $oldest or newer; $how"
    fail "Python $too_old is too old, and Morgen needs $oldest or newer; $how"
}

# One line for each set: what it was made from, and where. A moved folder or another Python makes it void.
wanted_stamp() {
    printf '%s %s %s %s %s' "$1" "$release" "$venv" "$2" "$(cksum <"$root/requirements.txt")"
    [ "$1" = run ] || printf ' %s' "$(cksum <"$root/requirements-dev.txt")"
}

is_current() {
    [ -f "$venv/.stamp-$1" ] && [ "$(cat "$venv/.stamp-$1")" = "$(wanted_stamp "$1" "$2")" ]
}

make_venv() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "$(needs_venv)"
    rm -rf -- "$venv" 2>/dev/null || true
    mkdir -- "$venv" 2>/dev/null || fail "this user cannot write in $root; take a folder of your own"
    : >"$half_made"
    if ! "$python" -m venv "$venv" >"$log" 2>&1; then
        cause=$(cause_of_failure)
        [ "$cause" != "$(needs_venv)" ] || rm -rf -- "$venv"
        fail "$cause"
    fi
}

needs_venv() {
    echo "$python cannot make virtual environments; on Debian and Ubuntu: sudo apt install $(basename -- "$python")-venv"
}

cause_of_failure() {
    if grep -q 'No space left on device' "$log"; then
        echo "the disk is full: about 1 GB is needed in $root, and room in ${TMPDIR:-/tmp} meanwhile; then start again"
    elif grep -q 'ensurepip is not available\|ensurepip.*returned non-zero\|No module named ensurepip' "$log"; then
        needs_venv
    elif grep -q 'DO NOT MATCH THE HASHES' "$log"; then
        echo "a package is not the one that was locked, and was not installed; see $log before anything else"
    elif grep -q "$network_errors" "$log" || { grep -q "$nothing_found" "$log" && ! grep -q "$got_something" "$log"; }; then
        echo "the package registry cannot be reached, and the first start needs it; look at the network (or pip's own settings) and start again; details: $log"
    elif grep -q "$nothing_found" "$log"; then
        package=$(sed -n "s/.*$nothing_found for \([^ ;]*\).*/\1/p" "$log" | head -n 1)
        echo "there is no ready-made $package for this machine with Python $found; take another Python (PYTHON=python3.12) or another machine; details: $log"
    else
        echo "the packages could not be installed; the end of $log says why"
    fi
}

install_packages() {
    file=$root/requirements.txt
    [ "$set_of_packages" = run ] || file=$root/requirements-dev.txt
    printf 'morgen: installing %s packages, only this once (a minute or two) …\n' "$(grep -c '^[a-z0-9]' "$file")" >&2
    : >"$half_made"
    rm -f -- "$venv"/.stamp-*
    # The file names every package, so that nothing is left to resolve, and none is built from source.
    "$venv/bin/python" -m pip install --require-hashes --no-deps --only-binary ':all:' --no-input \
        --disable-pip-version-check --no-compile -r "$file" >>"$log" 2>&1 || fail "$(cause_of_failure)"
    # Some packages carry files for other versions of Python, which do not compile here and are never read.
    "$venv/bin/python" -m compileall -q -j 0 "$venv/lib" >>"$log" 2>&1 || true
}

# What an editable installation writes, without a build back end among the packages that a town runs: where the
# program is, which version, and its command.
install_program() {
    site=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    printf '%s\n' "$root" >"$site/morgen.pth"
    rm -rf -- "$site"/morgen-*.dist-info
    mkdir -- "$site/morgen-$release.dist-info"
    printf 'Metadata-Version: 2.1\nName: morgen\nVersion: %s\n' "$release" >"$site/morgen-$release.dist-info/METADATA"
    quoted=$(printf '%s' "$venv/bin/python" | sed "s/'/'\\\\''/g")
    printf "#!/bin/sh\nexec '%s' -P -m bot \"\$@\"\n" "$quoted" >"$venv/bin/morgen"
    chmod +x "$venv/bin/morgen"
}

case $set_of_packages in
    run | dev) ;;
    *) fail "say which packages: environment.sh run, or environment.sh dev" ;;
esac

found=$(version_of "$venv/bin/python")
if [ -n "${PYTHON:-}" ] && [ -n "$found" ] && [ "$(version_of "$PYTHON")" != "$found" ]; then
    found=''
fi
if [ -n "$found" ] && [ ! -e "$half_made" ] && is_current "$set_of_packages" "$found"; then
    exit 0
fi

if [ -z "$found" ] || [ -e "$half_made" ] || ! is_new_enough "$found" ||
    ! grep -qsF "$venv" "$venv/bin/pip" || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    pick_python
    found=$version
    make_venv
else
    python=$venv/bin/python
    : >"$log"
fi
install_packages
install_program
wanted_stamp run "$found" >"$venv/.stamp-run"
[ "$set_of_packages" = run ] || wanted_stamp dev "$found" >"$venv/.stamp-dev"
rm -f -- "$half_made"
