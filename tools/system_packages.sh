#!/bin/sh
# What the tests need besides Python: a browser and Java. Installed where that is ours to do, else asked for in a sentence.
set -eu

need() { # the program, Debian's package, what for
    if command -v "$1" >/dev/null 2>&1; then return; fi
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing $2: $3"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null
    else
        echo "The tests need $1 ($3) and it is not there: sudo apt-get install $2, then again." >&2
        exit 1
    fi
}

need chromium chromium "the report is looked at in a real browser"
need java default-jre-headless "the same run is tried on Spark"
