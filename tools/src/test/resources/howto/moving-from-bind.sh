# Before docs/howto/moving-from-bind.md: a server whose BIND is the primary of two zones; its
# secondary is made by moving-from-bind.slave.sh. Ends with 75 where BIND is not installed.
set -e
for program in /usr/sbin/named /usr/sbin/rndc /usr/bin/named-compilezone; do
  [ -e "$program" ] || exit 75
done

cd /etc/bind
cat >named.conf.options <<'END'
options {
	directory "/var/cache/bind";
	recursion no;
	allow-transfer { none; };
};
END
cat >named.conf.local <<'END'
key "transfer.example.test" {
	algorithm hmac-sha256;
	secret "YSBzZWNyZXQgdGhhdCBvbmx5IHRoZSB0ZXN0cyBrbm93";
};
zone "example.test" {
	type primary;
	file "/etc/bind/db.example.test";
	allow-transfer { key "transfer.example.test"; };
};
zone "2.0.192.in-addr.arpa" {
	type primary;
	file "/etc/bind/db.192.0.2";
	allow-transfer { key "transfer.example.test"; };
};
END
cat >db.example.test <<'END'
$TTL 1d
@	IN SOA	ns1 hostmaster (
		2026113001 ; serial
		3h ; refresh
		15m ; retry
		1w ; expire
		1h ) ; minimum
	NS	ns1
	NS	ns2
	MX	10 mail
	TXT	"v=spf1 mx -all"
ns1	A	192.0.2.1
ns2	A	192.0.2.2
mail	A	192.0.2.25
www	A	192.0.2.80
	AAAA	2001:db8::80
ftp	CNAME	www
*.dyn	A	192.0.2.90
_imaps._tcp SRV	0 1 993 mail
key._domainkey TXT ( "v=DKIM1; k=rsa; "
	"p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA" )
$GENERATE 100-109 host-$ A 192.0.2.$
END
cat >db.192.0.2 <<'END'
$TTL 1d
@	IN SOA	ns1.example.test. hostmaster.example.test. 2026113001 3h 15m 1w 1h
	NS	ns1.example.test.
	NS	ns2.example.test.
80	PTR	www.example.test.
$GENERATE 100-109 $ PTR host-$.example.test.
END
chgrp bind named.conf.local rndc.key
mkdir -p /run/named /var/cache/bind
chown bind: /run/named /var/cache/bind rndc.key
named -u bind
cd /root
