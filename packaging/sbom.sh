#!/usr/bin/env bash
# Writes which modules a program is made of, as CycloneDX: sbom.sh PROGRAM DOCUMENT
set -euo pipefail
go run github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.9.0 bin -json -noserial -licenses -output "$2" "$1"
# The moment of writing would make every document another one.
sed -i -E "s/(\"timestamp\": \")[^\"]*/\1$(date -u -d "@${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}" +%FT%TZ)/" "$2"
