#!/bin/sh
# Compile the pages' style from govuk-frontend into static/design, which is committed: no npm at start-up.
# Run again only to take a newer version; npm uses whatever registry this machine has.
set -eu
cd "$(dirname "$0")/.."
design=$PWD/src/alongside/casework/design
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT

npm install --prefix "$made" --silent --no-audit --no-fund --ignore-scripts govuk-frontend@6.6.0 sass@1.108.2
node "$made/node_modules/sass/sass.js" --style=compressed --no-source-map --quiet-deps --load-path="$made/node_modules" \
    "$design/sass/alongside.scss" "$made/alongside.css"
# without the crest that GOV.UK's own footer shows: it belongs to the Crown
sed 's|url("*/assets/images/govuk-crest.svg"*)|none|g' "$made/alongside.css" > "$design/static/design/alongside.css"
# without the source map, which is not kept and which the manifest of static files would look for
sed 's|//# sourceMappingURL=.*||' "$made/node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js" \
    > "$design/static/design/govuk-frontend.min.js"
if grep -qE 'url\("?/|GDS Transport' "$design/static/design/alongside.css"; then
    echo "the style sheet uses a file that is not kept, or something only GOV.UK may use" >&2
    exit 1
fi
wc -c "$design"/static/design/*
