#!/bin/sh
# Run once, by the database image, when its volume is empty: two databases, and for each one owner that sees no other.
set -eu
: "${DATABASE_PASSWORD:?Set DATABASE_PASSWORD in .env}"
: "${TRACKER_PASSWORD:?Set TRACKER_PASSWORD in .env}"

psql --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
	--set database_password="$DATABASE_PASSWORD" --set tracker_password="$TRACKER_PASSWORD" <<'SQL'
CREATE ROLE bumpline LOGIN PASSWORD :'database_password';
CREATE ROLE tracker LOGIN PASSWORD :'tracker_password';
CREATE DATABASE bumpline OWNER bumpline ENCODING 'UTF8' TEMPLATE template0;
CREATE DATABASE tracker OWNER tracker ENCODING 'UTF8' TEMPLATE template0;
REVOKE CONNECT ON DATABASE bumpline, tracker FROM PUBLIC;
SQL
