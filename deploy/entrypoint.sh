#!/bin/sh
# Runs the command as PUID:PGID where the container starts as root, and as it is under `--user`.
set -eu

if [ "$(id -u)" -ne 0 ]; then
    exec "$@"
fi

PUID="${PUID:-1000}"
PGID="${PGID:-1000}"
case "$PUID:$PGID" in
    *[!0-9:]* | :* | *:)
        echo "posterizarr: PUID=$PUID and PGID=$PGID cannot be used: numbers are allowed." >&2
        exit 78
        ;;
esac

for folder in "$APP_DATA" /assets /assetsbackup /manualassets; do
    # What Docker made for a missing folder belongs to root; a library of artwork keeps its owner.
    if [ -d "$folder" ] && [ "$(stat -c %u "$folder")" -eq 0 ]; then
        chown "$PUID:$PGID" "$folder" || echo "posterizarr: the owner of $folder cannot be changed" >&2
    fi
done

export HOME="$APP_DATA"
exec setpriv --reuid "$PUID" --regid "$PGID" --clear-groups --no-new-privs -- "$@"
