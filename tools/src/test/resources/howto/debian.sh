#!/bin/sh
# Makes this machine one where dpkg can install packages: /usr can be written to, nothing of the
# originals is there, and dpkg knows of no package. Ends with 75 where that cannot be.
set -e
masked=$(sed -nE 's,^[^ ]+ [^ ]+ [^ ]+ [^ ]+ (/usr/s?bin/[^ ]+) .*,\1,p' /proc/self/mountinfo)
[ -z "$masked" ] || umount $masked
mkdir /opt/usr
mount -t tmpfs usr /opt/usr
mkdir /opt/usr/new /opt/usr/work
mount -t overlay -o lowerdir=/usr,upperdir=/opt/usr/new,workdir=/opt/usr/work overlay /usr || exit 75
rm -f $masked
mkdir -p /var/lib/dpkg/info /var/lib/dpkg/updates
: >/var/lib/dpkg/status
