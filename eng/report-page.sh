#!/usr/bin/env bash
# Builds the page of reports, Cli/Report/Html/report.html, from its sources in Cli/Report/Html/Page. Needs node and npm. The
# packages of package-lock.json go to a temporary folder, and nothing else is changed.
#   $1    another file to write
set -euo pipefail

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
target=$(readlink -f "${1:-$root/Cli/Report/Html/report.html}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -r "$root/Cli/Report/Html/Page/." "$folder"
cd "$folder"
npm ci --silent --no-audit --no-fund --ignore-scripts
npx --no-install tsc --noEmit
node build.mjs "$target"
