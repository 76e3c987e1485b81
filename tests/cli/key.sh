#!/bin/sh
# A contact with a key: its mails are signed and encrypted, and gpg can read them; a key that cannot be used never
# leads to clear text.
S="$top_builddir/seinpost"
dir=$(mktemp -d "${TMPDIR:-/tmp}/sp.XXXXXX") || exit 99
trap 'gpgconf --homedir "$dir/gnupg" --kill all; gpgconf --homedir "$dir/c" --kill all; rm -rf "$dir"' EXIT
cd "$dir" || exit 99
unset SEINPOST_CONFIG
n=0

check() { # STATUS NAME
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; sed 's/^/# /' log; fi
}

mkdir -m 700 c
gpg -q --homedir c --batch --passphrase '' --quick-gen-key 'Smid <info@smid.example>' default default never 2>log
gpg --homedir c --armor --export >smid.asc
"$S" init w >log 2>&1 && cd w || exit 99
mv ../log .
cat >r.csv <<'END'
company,kind,value,name
smid,company,,Smederij
smid,mail,info@smid.example,
smid,phone,+31 20 123 45 67,
smid,network,192.0.2.1,
END
cat >2026-11-20-scan_rdp-nl.csv <<'END'
"timestamp","ip","protocol","port","tag"
"2026-11-20 10:00:00","192.0.2.1","tcp",3389,"rdp"
END
{
	"$S" company import r.csv && "$S" incident open rdp --title 'Open' --advice open-rdp &&
		"$S" intake --incident rdp 2026-11-20-scan_rdp-nl.csv && "$S" match rdp
} >log 2>&1
check $? "a company and a finding"
id=$("$S" contact list smid --format csv | sed -n 's/^"\([0-9]*\)",.*info@smid.*/\1/p')
"$S" contact key "$id" r.csv >log 2>&1
[ $? -eq 65 ]
check $? "what is no key is refused"
"$S" contact key "$id" ../smid.asc >log 2>&1
check $? "the contact's key is taken"
"$S" preview rdp smid >mail.eml 2>log
grep -q 'Content-Type: multipart/encrypted' mail.eml && ! grep -q 192.0.2.1 mail.eml
check $? "the mail is encrypted"
sed -n '/BEGIN PGP MESSAGE/,/END PGP MESSAGE/p' mail.eml | tr -d '\r' >message.asc
"$S" doctor >/dev/null 2>&1
gpg --homedir gnupg --armor --export 2>log | gpg -q --homedir ../c --import 2>>log
gpg --homedir ../c --status-fd 1 --decrypt message.asc >plain 2>log
grep -q GOODSIG plain && grep -q 192.0.2.1 plain
check $? "its owner can read it and sees our signature"
sed -i 's/^smid,mail.*/smid,mail,info@smid.example,,0123456789ABCDEF0123456789ABCDEF01234567/; s/^company,.*/&,pgp/' r.csv
sed -i 's/^\(smid,[^m].*\)/\1,/' r.csv
"$S" company import r.csv >log 2>&1
check $? "the register names a key we do not have"
"$S" warn rdp >log 2>&1 && grep -q '0 mails queued, 1 to be telephoned' log
check $? "no mail in clear: the company is telephoned instead"
"$S" call list 2>&1 | tee log | grep -q key_unusable
check $? "the call list says why"
echo "1..$n"
