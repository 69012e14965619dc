# Before docs/howto/moving-from-djbdns.md: a server with the originals, as Debian packages them, and
# three of their services; the suite is only there as its archive, unpacked. Ends with 75 where
# the originals are not installed.
set -e
for program in /usr/sbin/tinydns-conf /usr/sbin/axfrdns /usr/sbin/dnscache /usr/bin/svscan \
  /usr/bin/tcpserver; do
  [ -e "$program" ] || exit 75
done

# Nothing of the suite runs or is in the way.
until svscan=$(pgrep -x svscan); do sleep 0.1; done
kill "$svscan"
while pgrep -x svscan >/dev/null; do sleep 0.1; done
rmdir /service
umount -l /usr/local/bin /usr/local/lib /usr/local/share
cp -a /srv/shared/unpacked /root/djbdns-0.1.0

# The originals are executable again.
umount $(sed -nE 's,^[^ ]+ [^ ]+ [^ ]+ [^ ]+ (/usr/s?bin/[^ ]+) .*,\1,p' /proc/self/mountinfo)

printf '198.41.0.4\n193.0.14.129\n192.33.4.12\n' >/etc/dnsroots.global
for user in tinydns axfrdns dnscache dnslog; do
  useradd --system --home-dir /dev/null --shell /bin/false "$user"
done
tinydns-conf tinydns dnslog /etc/tinydns 192.0.2.1
axfrdns-conf axfrdns dnslog /etc/axfrdns /etc/tinydns 192.0.2.1
dnscache-conf dnscache dnslog /etc/dnscache 192.168.1.1
touch /etc/dnscache/root/ip/192.168.1

cd /etc/tinydns/root
cat >data <<'DATA'
.example.test:192.0.2.1:a:259200
.2.0.192.in-addr.arpa::a.ns.example.test:259200
=www.example.test:192.0.2.80:86400
@example.test:192.0.2.25:a::86400
Cftp.example.test:www.example.test:86400
+*.dyn.example.test:192.0.2.90:86400
=printer.b.dyn.example.test:192.0.2.91:86400
DATA
make
cd /etc/axfrdns
echo '192.0.2.10:allow,AXFR="example.test"' >tcp
echo ':allow,AXFR=""' >>tcp
make

mkdir -p /etc/service
ln -s /etc/tinydns /etc/axfrdns /etc/dnscache /etc/service
/usr/bin/svscanboot </dev/null >/dev/null 2>&1 &
cd /root
