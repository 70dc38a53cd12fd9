#!/bin/sh
# 恢复演练：把最近的备份恢复到临时存储，逐条核对，末条须与备份一致；正在使用的数据不受影响。
# Restore drill: the newest backups into stores of their own, checked line by line against the
# heads that the backups note. What is in use is not touched.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}
folder=${ZONE_BACKUPS:-backups}
drill=$(mktemp -d)
trap 'rm -rf "$drill"' EXIT

newest() { find "$folder" -name "$1-*.db" | sort | tail -n 1; }
head_of() { "$python" -m geo audit head --office "sqlite:///$1"; }

for kind in zone office; do
    saved=$(newest "$kind")
    if [ -z "$saved" ]; then
        [ "$kind" = office ] && [ "${ZONE_SIGN_IN:-none}" = none ] && continue
        echo "没有 $kind 的备份 · no backup of $kind in $folder" >&2
        exit 1
    fi
    "$python" -m geo restore "$saved" --store "sqlite:///$drill/$kind.db" >&2
    head=$(head_of "$saved")
    "$python" -m geo audit verify --office "sqlite:///$drill/$kind.db" --head "$head" >&2
    [ "$kind" = office ] || "$python" -m geo verify --store "sqlite:///$drill/$kind.db" >&2
    echo "$kind $head"
done
