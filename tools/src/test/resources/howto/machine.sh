# Makes a fresh machine in namespaces of its own and holds it until standard input ends.
# Process 1 of a new process namespace (unshare --mount --pid --net --uts --fork); its arguments:
# the machine's name, an empty directory, a directory for /usr/local, and a directory that all
# machines share.
set -e
name=$1 root=$2 installed=$3 shared=$4

mount -t tmpfs -o mode=755 machine "$root"
cd "$root"
mkdir dev etc home mnt opt proc run srv sys usr var
mkdir var/lib var/log var/run var/cache
mkdir -m 1777 tmp var/tmp
mkdir -m 700 root

for path in /bin /sbin /lib /lib32 /lib64 /libx32; do
  if [ -L "$path" ]; then
    cp -a "$path" .
  elif [ -d "$path" ]; then
    mkdir ".$path"
    mount --bind "$path" ".$path"
  fi
done
mount --bind /usr usr
mount -o remount,bind,ro usr
mount -t tmpfs -o mode=755 local usr/local
mkdir usr/local/bin usr/local/lib usr/local/sbin usr/local/share
for path in bin lib share; do
  mkdir -p "$installed/$path"
  mount --bind "$installed/$path" "usr/local/$path"
done

# The originals of the suite's commands, and what other packages have beside them: not executable.
: >run/masked
chmod 0 run/masked
for program in svscanboot svscan supervise svc svok svstat fghack multilog pgrphack readproctitle \
  setlock setuidgid envuidgid envdir softlimit tai64n tai64nlocal tcprules tcprulescheck \
  dnscache tinydns walldns rbldns axfrdns pickdns tinydns-data tinydns-edit tinydns-get \
  rbldns-data pickdns-data axfr-get dnscache-conf tinydns-conf walldns-conf rbldns-conf \
  axfrdns-conf pickdns-conf dnsq dnsqr dnsip dnsipq dnsname dnsmx dnstxt dnstrace dnsfilter \
  random-ip; do
  for directory in usr/bin usr/sbin; do
    [ ! -e "$directory/$program" ] || mount --bind run/masked "$directory/$program"
  done
done

cp -a /etc/. etc
rm -rf etc/dnsroots* etc/sv etc/service etc/runit etc/resolv.conf etc/cron.d etc/init.d/dnscache
for file in passwd shadow group gshadow; do
  sed -i -E '/^G?(dnscache|tinydns|walldns|rbldns|axfrdns|pickdns|dnslog):/d' "etc/$file"
  rm -f "etc/$file-"
done
echo "$name" >etc/hostname
printf '127.0.0.1 localhost\n127.0.1.1 %s\n' "$name" >etc/hosts
: >etc/resolv.conf

mount -t tmpfs -o mode=755 dev dev
for device in null zero full random urandom tty; do
  : >"dev/$device"
  mount --bind "/dev/$device" "dev/$device"
done
mkdir -m 1777 dev/shm
ln -s /proc/self/fd dev/fd
ln -s /proc/self/fd/0 dev/stdin
ln -s /proc/self/fd/1 dev/stdout
ln -s /proc/self/fd/2 dev/stderr
mount -t proc proc proc

mkdir srv/shared
mount --bind "$shared" srv/shared

pivot_root . mnt
umount -l /mnt
hostname "$name"
ip link set lo up
echo /root >/run/directory
echo ready

# The shell waits for orphans.
exec 3<&0
cat <&3 >/dev/null &
wait "$!"
