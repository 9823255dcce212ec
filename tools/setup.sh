#!/bin/sh
# Prepare .venv: everything the project needs, each file checked against requirements/. Safe to repeat.
set -eu
cd "$(dirname "$0")/.."

# The system's own Python comes first: it gets the system's security updates, and Debian builds it to be fast.
# Pages take a seventh longer on one compiled locally, as version managers do (ADR 0027). Apple's is too old,
# and running it may open a window.
system=/usr/bin/python3
[ ! -d /System/Library ] || system=
find_python() {
    without_venv=
    for candidate in "${PYTHON:-}" $system python3 python3.14 python3.13 python3.12 python3.11; do
        if [ -n "$candidate" ] && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            if [ "$candidate" = "${PYTHON:-}" ] || "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then
                command -v "$candidate"
                return
            fi
            without_venv="${without_venv:-$candidate}"
        fi
    done
    if [ -n "$without_venv" ]; then command -v "$without_venv" && return; fi
    echo "Alongside needs Python 3.11 or newer and found none. On Debian 12 or newer:" \
        "apt-get install python3 python3-venv. Elsewhere: make setup PYTHON=/where/it/is/python3" >&2
    return 1
}

# uv does not read pip's configuration; a council's own package mirror is usually named only there.
use_pip_settings() {
    pip_setting() { .venv/bin/python -m pip config list 2>/dev/null | sed -n "s/^[^.]*\.$1='\(.*\)'$/\1/p" | tail -n 1; }
    environment_or_file() { eval "value=\${$1:-}"; [ -n "$value" ] && echo "$value" || pip_setting "$2"; }
    index=$(environment_or_file PIP_INDEX_URL index-url)
    certificate=$(environment_or_file PIP_CERT cert)
    if [ -n "$index" ] && [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then export UV_DEFAULT_INDEX="$index"; fi
    if [ -n "$certificate" ] && [ -z "${SSL_CERT_FILE:-}" ]; then export SSL_CERT_FILE="$certificate"; fi
    if [ -n "$(environment_or_file PIP_NO_INDEX no-index)" ]; then
        UV_NO_INDEX=1
        UV_FIND_LINKS=$(environment_or_file PIP_FIND_LINKS find-links | sed 's/\\n/,/g; s/ /,/g')
        export UV_NO_INDEX UV_FIND_LINKS
    fi
}

if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
        else
            echo "Python's venv module is missing: sudo apt-get install python3-venv, then try again;" \
                "or name a Python that has it: make setup PYTHON=/where/it/is/python3" >&2
            exit 1
        fi
    fi
    rm -rf .venv
    "$python" -m venv .venv
fi

export UV_PYTHON_DOWNLOADS=never UV_PYTHON=.venv/bin/python
use_pip_settings
case "${1:-dev}" in
dev)
    echo "Setting up .venv (the first time takes a minute or so)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
    .venv/bin/uv pip sync --quiet --compile-bytecode --require-hashes --no-build requirements/dev.txt
    # The project itself is built by the hatchling just installed, so that nothing comes in without a hash.
    .venv/bin/uv pip install --quiet --no-deps --no-build-isolation --editable .
    ;;
spark)
    # Several hundred megabytes that only the tests of the Spark backend need, so `make demo` goes without.
    echo "Setting up Spark for the tests (the first time takes a minute or so)"
    .venv/bin/uv pip install --quiet --no-deps --require-hashes --no-build-isolation -r requirements/spark.txt
    ;;
*)
    echo "usage: tools/setup.sh [dev|spark]" >&2
    exit 2
    ;;
esac
