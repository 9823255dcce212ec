#!/bin/sh
# What is needed besides Python. Installed if we may, otherwise asked for in a sentence.
#   tools/system_packages.sh            for the tests: a browser, Java, and what sets the text of documents
#   tools/system_packages.sh documents  for the pages: what sets the text of documents; they go on without it
set -eu

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

install() { # Debian's packages, what for
    echo "Installing $1: $2"
    apt-get update -qq
    # shellcheck disable=SC2086 - several packages are several words
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $1 >/dev/null
}

need() { # the program, Debian's package, what for
    if command -v "$1" >/dev/null 2>&1; then return; fi
    if may_install; then
        install "$2" "$3"
    else
        echo "The tests need $1 ($3), which is missing: sudo apt-get install $2, then try again." >&2
        exit 1
    fi
}

PANGO="libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core"
has_pango() { .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1; }

if [ "${1:-tests}" = documents ]; then
    if ! has_pango && { ! may_install || ! install "$PANGO" "documents as PDF"; }; then
        echo "Pages work, but no PDF can be made here: sudo apt-get install $PANGO to put that right." >&2
    fi
    exit 0
fi

# Headless Chromium takes half the time; if it cannot be installed, the full one will do
if ! command -v chromium-headless-shell >/dev/null 2>&1 &&
    { ! may_install || ! install chromium-headless-shell "pages are looked at in a real browser"; }; then
    need chromium chromium "pages are looked at in a real browser"
fi
need java default-jre-headless "the same run is tried on Spark"
if ! has_pango; then
    if may_install; then
        install "$PANGO" "documents as PDF"
    else
        echo "The tests need Pango (documents as PDF), which is missing: sudo apt-get install $PANGO, then try again." >&2
        exit 1
    fi
fi
