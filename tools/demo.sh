#!/bin/sh
# The main job on a fictional borough, as a partnership would run it. Everything lands in demo/, made anew each time.
set -eu
cd "$(dirname "$0")/.."
size=${1:-20000}

rm -rf demo
mkdir demo
.venv/bin/alongside synth --people "$size" --seed 1 --out demo/borough
.venv/bin/alongside find demo/borough/area demo/borough/extracts --as-at 2026-11-01 --out demo/run
echo
echo "The run folder:  demo/run          (docs/reference/run-folder.md says what is in it)"
echo "The report:      demo/run/report.html"
