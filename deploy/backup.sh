#!/bin/sh
# 数据、人员与审计各存一个备份文件，写前写后都核对；末行是两处的版本与校验值，请另抄一处。
# One file of the data and one of people and log, verified; note the heads it prints elsewhere.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}
folder=${ZONE_BACKUPS:-backups}
store=${ZONE_STORE:-sqlite:///zone.db}
mark=$(date -u +%Y%m%dT%H%M%SZ)
mkdir -p "$folder"

"$python" -m geo backup "$folder/zone-$mark.db" --store "$store" --json
if [ "${ZONE_SIGN_IN:-none}" != none ]; then
    office=${ZONE_OFFICE:-}
    [ -n "$office" ] || case $store in
        sqlite:///*) office=${store%.db}.office.db ;;
        *) echo "请设 ZONE_OFFICE · set ZONE_OFFICE" >&2; exit 2 ;;
    esac
    "$python" -m geo backup "$folder/office-$mark.db" --store "$office" --json
fi
