#!/bin/sh
# The usual way: gpg and msmtp, once a mail.  rival_shell.sh PORT HOME FINGERPRINT ENTITY...
port=$1 home=$2 key=$3
shift 3
for entity; do
	{
		printf 'From: <waarschuwing@gateway.example>\r\nTo: <security@b1.example>\r\nMIME-Version: 1.0\r\n'
		printf 'Content-Type: multipart/signed; micalg=pgp-sha256;\r\n protocol="application/pgp-signature";\r\n'
		printf ' boundary="=_shell"\r\n\r\n--=_shell\r\n'
		cat "$entity"
		printf '\r\n--=_shell\r\nContent-Type: application/pgp-signature\r\n\r\n'
		gpg --homedir "$home" --batch --quiet --digest-algo SHA256 --local-user "$key" --armor --detach-sign \
			<"$entity"
		printf '\r\n--=_shell--\r\n'
	} | msmtp --file=/dev/null --host=127.0.0.1 --port="$port" --from=bounces@gateway.example \
		security@b1.example || exit 1
done
