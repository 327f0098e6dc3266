#!/bin/sh
# Dump the database and the uploaded files into BACKUP_DIR and remove what is older than BACKUP_DAYS.
# `backup.sh` does it once; `backup.sh nightly` does it at once and then every 24 hours.
# The database is named by libpq's own variables: PGHOST, PGPORT, PGUSER, PGDATABASE, PGPASSWORD or a password file.
set -eu
umask 077
: "${BACKUP_DIR:?name the folder for the dumps in BACKUP_DIR}"

once() {
	name="$BACKUP_DIR/iimprove-$(date -u +%Y-%m-%d-%H%M)"
	rm -f "$BACKUP_DIR"/*.part
	pg_dump --format=custom --no-owner --file="$name.dump.part"
	pg_restore --list "$name.dump.part" >/dev/null
	if [ -n "${MEDIA_ROOT:-}" ] && [ -d "$MEDIA_ROOT" ]; then
		tar -czf "$name.media.tar.gz.part" -C "$MEDIA_ROOT" .
		mv "$name.media.tar.gz.part" "$name.media.tar.gz"
	fi
	mv "$name.dump.part" "$name.dump"
	find "$BACKUP_DIR" -name 'iimprove-*' -mtime "+${BACKUP_DAYS:-14}" -exec rm -f {} +
	echo "backup: $name.dump"
}

if [ "${1:-}" != nightly ]; then
	once
	exit
fi
trap 'exit 0' TERM INT
while :; do
	wait_for=86400
	"$0" || { echo "backup: FAILED, trying again in an hour" >&2; wait_for=3600; }
	sleep "$wait_for" &
	wait $!
done
