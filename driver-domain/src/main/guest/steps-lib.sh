# What steps are written with. Runs in domain 0, in the shell of one step.

# fail REASON: ends the step.
fail() { echo "FAILED: $*"; echo "$*" >/run/reason; exit 1; }

# must WHAT COMMAND...: COMMAND succeeds, or the step ends.
must() {
  what=$1
  shift
  "$@" || fail "$what"
}

# refused CODE TEXT COMMAND...: COMMAND ends with CODE, and says TEXT.
refused() {
  code=$1 text=$2
  shift 2
  "$@" >/tmp/said 2>&1
  got=$?
  cat /tmp/said
  [ $got = "$code" ] || fail "'$*' ended with $got instead of $code"
  grep -q -- "$text" /tmp/said || fail "'$*' did not say '$text'"
}

# await SECONDS REASON COMMAND...: until COMMAND succeeds, or the step ends.
await() {
  limit=$1 reason=$2
  shift 2
  end=$(($(cut -d . -f 1 /proc/uptime) + limit))
  until "$@" >/dev/null 2>&1; do
    [ "$(cut -d . -f 1 /proc/uptime)" -lt $end ] || fail "$reason (waited $limit s)"
    usleep 500000
  done
}

domid() { cat "/run/domid/$1"; }
home() { echo "/local/domain/$(domid "$1")"; }
alive() { xl domid "$1" >/dev/null 2>&1; }

# create NAME: makes a domain; booted says when it runs what it is told.
create() {
  case $1 in dd) processor=1 ;; alice) processor=2 ;; *) processor=3 ;; esac
  cat >"/etc/$1.cfg" <<E
name="$1"
type="pv"
kernel="/domain/vmlinux"
ramdisk="/domain/initrd"
extra="console=hvc0 quiet panic=-1"
memory=400
vcpus=1
cpus="$processor"
on_poweroff="destroy"
on_crash="destroy"
E
  must "xl create $1" xl create -q "/etc/$1.cfg"
  xl domid "$1" >"/run/domid/$1"
  echo 0 >"/run/job/$1"
  if [ ! -e "/run/tail/$1" ]; then
    touch "/run/tail/$1"
    (tail -n +1 -F "/var/log/xen/guest-$1.log" 2>/dev/null | sed "s/^/[$1] /") &
  fi
}

booted() { await 120 "$1 does not boot" xenstore-exists "$(home "$1")/data/up"; }

# start NAME COMMAND: a domain begins to run COMMAND; `job` is its number there.
start() {
  job=$(($(cat "/run/job/$1") + 1))
  echo $job >"/run/job/$1"
  echo "--- $1 $job: $2"
  must "no store for $1" xenstore-write "$(home "$1")/data/run/$job" "$2"
}

# ended NAME JOB SECONDS: waits for a command's end, and returns its exit code.
ended() {
  await "$3" "command $2 of $1 does not end" xenstore-exists "$(home "$1")/data/done/$2"
  return "$(xenstore-read "$(home "$1")/data/done/$2")"
}

# on NAME SECONDS COMMAND: runs COMMAND in a domain to its end; its exit code.
on() {
  start "$1" "$3"
  ended "$1" $job "$2"
}

# tidy: ends what a step has left running in domains.
tidy() {
  for name in dd alice bob; do
    if [ -e "/run/domid/$name" ] && alive $name; then
      start $name "killall -q -9 java"
    fi
  done
}
