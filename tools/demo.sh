#!/bin/sh
# The whole job on a fictional borough, as a partnership would run it: find, release, and fill the pages with the
# named universe. Everything goes in demo/, and is made afresh each time.
set -eu
cd "$(dirname "$0")/.."
size=${1:-20000}
export ALONGSIDE_DATA_FOLDER="$PWD/demo/data" ALONGSIDE_RUNS="$PWD/demo"
export DJANGO_SETTINGS_MODULE=alongside.casework.settings.demonstration

if [ -d demo/data/postgres ]; then # a demonstration's own database may still be running in there
    .venv/bin/python -c "
from pathlib import Path
from alongside.casework.kernel import cluster
cluster.stop(Path('demo/data').resolve())"
fi
rm -rf demo
mkdir demo
.venv/bin/alongside synth --people "$size" --seed 1 --out demo/borough
.venv/bin/alongside find demo/borough/area demo/borough/extracts --as-at 2026-11-01 --out demo/run
echo
cp -R demo/borough/extracts demo/drop # where agencies put extracts: these have been read
echo "Filling the pages with staff, and with the people released to them"
.venv/bin/alongside manage migrate --verbosity 0
.venv/bin/alongside manage grant_application --verbosity 0
.venv/bin/python -m tools.universe --run run
echo
echo "The run folder:  demo/run          (docs/reference/run-folder.md says what is in it)"
echo "The report:      demo/run/report.html"
echo "The drop folder: demo/drop         (put a newer extract there, and a run will be waiting a few minutes later)"
