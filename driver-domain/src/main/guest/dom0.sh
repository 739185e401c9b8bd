# Domain 0: starts the toolstack, takes the steps of the plan, and reports on the second serial line.
exec 3>/dev/ttyS1
report() { echo "@ $*" >&3; }

# Nobody waits longer than this for a machine that hangs.
( sleep 2400; report "fail machine 40 minutes are over"; poweroff -f ) &

mkdir -p /run/xen /run/xenstored /run/lock /run/domid /run/job /run/resident /run/tail /var/lib/xenstored /var/lib/xen /var/lock /etc/xen
ln -sfn /run /var/run
echo autoballoon=0 >/etc/xen/xl.conf
xenstored --pid-file /run/xenstored.pid
until xenstore-exists /tool 2>/dev/null; do usleep 100000; done
xen-init-dom0
xenconsoled --log=all --log-dir=/var/log/xen
report "up $(cut -d ' ' -f 1 /proc/uptime)"

for step in $(cat /plan); do
  report "begin $step"
  echo "=== $step"
  rm -f /run/reason
  began=$(cut -d . -f 1 /proc/uptime)
  if timeout 1500 sh -c '. /steps-lib.sh; . "/steps/$1.sh"' step "$step"; then
    verdict=pass
  else
    verdict=fail
    [ -e /run/reason ] || echo "ended at once, or after 25 minutes: see the console's log" >/run/reason
  fi
  report "$verdict $step $(($(cut -d . -f 1 /proc/uptime) - began)) $(cat /run/reason 2>/dev/null)"
  [ $verdict = pass ] || (. /steps-lib.sh; tidy)
done
report end
