# Before docs/howto/containers.md: the suite is only there as its archive, unpacked where an image would
# have it, and nothing of it runs.
set -e
until svscan=$(pgrep -x svscan); do sleep 0.1; done
kill "$svscan"
while pgrep -x svscan >/dev/null; do sleep 0.1; done
rmdir /service
umount -l /usr/local/bin /usr/local/lib /usr/local/share
cp -a /srv/shared/unpacked /tmp/djbdns-0.1.0
