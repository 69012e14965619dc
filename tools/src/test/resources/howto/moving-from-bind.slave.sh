# The other server of docs/howto/moving-from-bind.md: a BIND with copies of the zones.
set -e
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
server 192.0.2.1 { keys { "transfer.example.test"; }; };
zone "example.test" { type secondary; file "example.test"; primaries { 192.0.2.1; }; };
zone "2.0.192.in-addr.arpa" { type secondary; file "192.0.2"; primaries { 192.0.2.1; }; };
END
chgrp bind named.conf.local rndc.key
mkdir -p /run/named /var/cache/bind
chown bind: /run/named /var/cache/bind rndc.key
named -u bind
for zone in example.test 2.0.192.in-addr.arpa; do
  until dig +short +tries=1 +time=1 @192.0.2.2 "$zone" soa | grep -q ' 2026113001 '; do
    sleep 0.1
  done
done
cd /root
