#!/usr/bin/env bash
# Makes in build/ what goes into the archives and packages beside the program: manual
# pages, completions and the licences of all that is linked in.
set -euo pipefail
cd "$(dirname "$0")/.."
rm -rf build
mkdir -p build/man build/completions

program=$(mktemp)
trap 'rm -f "$program"' EXIT
go build -trimpath -buildvcs=true -o "$program" ./cmd/readout
"$program" man build/man
gzip -9n build/man/*.1
"$program" completion bash > build/completions/readout.bash
"$program" completion zsh > build/completions/_readout
"$program" completion fish > build/completions/readout.fish
"$program" completion powershell > build/completions/readout.ps1

# A module counts where any of the systems links it.
modules=$(for system in linux darwin windows; do
  CGO_ENABLED=0 GOOS=$system go list -deps -f '{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}' ./cmd/readout
done | sort -u)
{
  echo "readout contains the following works, each under its own licence."
  printf '\n==== Go standard library %s\n\n' "$(go env GOVERSION)"
  cat "$(go env GOROOT)/LICENSE"
  while read -r path version dir; do
    [ -n "$path" ] || continue
    printf '\n==== %s %s\n\n' "$path" "$version"
    found=$(find "$dir" -maxdepth 1 -type f \( -iname 'licen[sc]e*' -o -iname 'copying*' -o -iname 'notice*' -o -iname 'patents*' \) | LC_ALL=C sort)
    [ -n "$found" ] || { echo "prepare: $path has no licence" >&2; exit 1; }
    while read -r file; do cat "$file"; echo; done <<< "$found"
  done <<< "$modules"
} > build/THIRD-PARTY-LICENSES

# Two builds of one commit are the same: no file is younger than it.
find build -exec touch -d "@${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}" {} +
