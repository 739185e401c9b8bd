# What steps are written with. Runs in domain 0, in the shell of one step.

# How many pages a domain's processes may grant.
LIMIT=/sys/module/xen_gntalloc/parameters/limit

# fail REASON: ends the step.
fail() { echo "FAILED: $*"; echo "$*" >/run/reason; exit 1; }

# must WHAT COMMAND...: COMMAND succeeds, or the step ends. Not within another one.
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

# await SECONDS REASON COMMAND...: until COMMAND succeeds, or the step ends. The seconds are those of
# a machine that does nothing else; others have as long as four times that.
await() {
  limit=$(($1 * 4)) reason=$2
  shift 2
  end=$(($(cut -d . -f 1 /proc/uptime) + limit))
  until "$@" >/dev/null 2>&1; do
    [ "$(cut -d . -f 1 /proc/uptime)" -lt $end ] || fail "$reason (waited $limit s)"
    usleep 400000
  done
}

# awoken SECONDS REASON NODE COMMAND...: the same, where COMMAND can succeed only after NODE was written.
# That is told, and to look again and again would slow down all domains.
awoken() {
  limit=$(($1 * 4)) reason=$2 node=$3
  shift 3
  "$@" 2>/dev/null && return
  rm -f /run/written
  mkfifo /run/written
  xenstore-watch "$node" >/run/written &
  watcher=$!
  end=$(($(cut -d . -f 1 /proc/uptime) + limit))
  met=
  # The first word comes at once, for what was written until now.
  while [ -z "$met" ] && read -t $((end - $(cut -d . -f 1 /proc/uptime))) -r _; do
    "$@" 2>/dev/null && met=yes
  done </run/written
  kill $watcher
  [ -n "$met" ] || fail "$reason (waited $limit s)"
}

domid() { cat "/run/domid/$1"; }
home() { echo "/local/domain/$(domid "$1")"; }
alive() { xl domid "$1" >/dev/null 2>&1; }

# create NAME [SETTINGS]: makes a domain; booted says when it runs what it is told.
create() {
  case $1 in dd) processor=1 ;; alice) processor=2 ;; *) processor=3 ;; esac
  cat >"/etc/$1.cfg" <<E
name="$1"
type="pv"
kernel="/domain/vmlinux"
ramdisk="/domain/initrd"
extra="console=hvc0 quiet panic=-1 rootfstype=ramfs"
memory=440
vcpus=1
cpus="$processor"
on_poweroff="destroy"
on_crash="destroy"
${2:-}
E
  xl create -q "/etc/$1.cfg" || fail "xl create $1"
  xl domid "$1" >"/run/domid/$1"
  echo 0 >"/run/job/$1"
  if [ ! -e "/run/tail/$1" ]; then
    touch "/run/tail/$1"
    (tail -n +1 -F "/var/log/xen/guest-$1.log" 2>/dev/null | sed "s/^/[$1] /") &
  fi
}

booted() {
  up=$(home "$1")/data/up
  awoken 120 "$1 does not boot" "$up" xenstore-exists "$up"
}

# start NAME COMMAND: a domain begins to run COMMAND; `job` is its number there.
start() {
  job=$(($(cat "/run/job/$1") + 1))
  echo $job >"/run/job/$1"
  echo "--- $(cut -d ' ' -f 1 /proc/uptime) $1 $job: $2"
  xenstore-write "$(home "$1")/data/run/$job" "$2" || fail "no store for $1"
}

# ended NAME JOB SECONDS: waits for a command's end, and returns its exit code.
ended() {
  result=$(home "$1")/data/done/$2
  awoken "$3" "command $2 of $1 does not end" "$result" xenstore-exists "$result"
  return "$(xenstore-read "$result")"
}

# on NAME SECONDS COMMAND: runs COMMAND in a domain to its end; its exit code.
on() {
  start "$1" "$3"
  ended "$1" $job "$2"
}

# refused_on NAME CODE TEXT COMMAND: COMMAND ends with CODE in a domain, and says TEXT.
refused_on() {
  on "$1" 90 "$4"
  got=$?
  [ $got = "$2" ] || fail "'$4' in $1 ended with $got instead of $2"
  said "$1" $job | grep -q -- "$3" || fail "'$4' in $1 did not say '$3'"
}

# said NAME JOB: the last lines of a command that has ended.
said() { xenstore-read "$(home "$1")/data/said/$2"; }

backend() { echo "$(home dd)/backend/mx/$(domid "$1")/0"; }

# The state of a VM's device, at its own end and at the driver domain's.
frontend_is() { [ "$(xenstore-read "$(home "$1")/device/mx/0/state")" = "$2" ]; }
backend_is() { [ "$(xenstore-read "$(backend "$1")/state")" = "$2" ]; }

# whole: a driver domain that serves alice and bob, and bob's process that answers others; what a step
# before has left of them stays.
whole() {
  for name in dd alice bob; do
    alive $name || create $name
  done
  for name in dd alice bob; do booted $name; done
  missing=
  for name in alice bob; do
    [ "$(xenstore-read "$(home $name)/device/mx/0/backend-id" 2>/dev/null)" = "$(domid dd)" ] ||
      missing="$missing --frontend $name"
  done
  resident dd "myrixen driver-domain"
  resident bob "myrixen pingpong --serve"
  [ -z "$missing" ] || must "attach$missing" quick xen attach $missing --backend dd --device 0
}

# running NAME: whether what it runs from one step to the next does run; `kept` is its number.
running() {
  read -r domain kept 2>/dev/null <"/run/resident/$1" || return 1
  [ "$domain" = "$(domid "$1")" ] && ! xenstore-exists "$(home "$1")/data/done/$kept"
}

# resident NAME COMMAND: what a domain runs from one step to the next; begun if it is not there.
resident() {
  running "$1" && return
  start "$1" "$2"
  echo "$(domid "$1") $job" >"/run/resident/$1"
}

# contract: lets the driver domain try what substrates promise of grants and channels, and domain 0 what
# they promise of the store, if they do not already.
contract() {
  [ -e /run/contract ] && return
  start dd "jvm io.myrixen.xen.devices.ContractMain"
  echo $job >/run/contract
  (jvm io.myrixen.xen.devices.ContractMain >/run/contract.said 2>&1; echo $? >/run/contract.code) &
}

# parted NAME: what a domain ran from one step to the next has ended, of itself.
parted() {
  running "$1" || return 0
  ended "$1" "$kept" 90
  true
}

# exchange COMMAND [SIZES]: messages from alice to bob and back, contents verified.
exchange() {
  running alice && must "end alice's traffic" on alice 20 "killall -9 java"
  must "$1 from alice to bob" on alice 120 "$1 --peer bob --sizes ${2:-8,300000} --count 4"
}

# conformance OPTIONS: the kit in one JVM of alice with two boards, and a raised limit of pages. It runs
# for long: compiling pays as soon as it usually does.
conformance() {
  must "raise the limit" on alice 10 "echo 16384 >$LIMIT"
  must "attach a second device" quick xen attach --frontend alice --backend dd --device 1
  must "conformance in alice" on alice 300 \
    "jvm -XX:CompileThresholdScaling=1 io.myrixen.driver.command.Main conformance $1"
  said alice $job
  must "detach the second device" quick xen detach --frontend alice --device 1 --timeout 120
  must "the default limit" on alice 10 "echo 1024 >$LIMIT"
}

# busy: alice exchanges messages with bob, from one step to the next, until something happens to that.
busy() {
  running alice && return
  served=$(answered)
  resident alice "quick pingpong --peer bob --sizes 8 --count 1000000"
  await 90 "bob does not answer alice" more "$served"
}

# How often bob's process has begun to answer somebody.
answered() { grep -c 'serves the one' /var/log/xen/guest-bob.log; }
more() { [ "$(answered)" -gt "$1" ]; }

# told WHAT: alice's process ends, with an error.
told() {
  parted alice
  [ "$(xenstore-read "$(home alice)/data/done/$kept")" != 0 ] || fail "alice was not told that $1"
}

# A destroyed domain whose pages somebody has mapped stays as a shadow without a name.
shadows() { xl list | grep -q "(null)"; }
none_of() { ! "$@"; }

# unmapped: no domain holds pages of another; domain 0's consoles and stores do not count.
unmapped() {
  xl dmesg -c >/dev/null
  xl debug-keys g
  usleep 300000
  ! xl dmesg | grep -E '\[0x[0-9a-f]+\] +[1-9]'
}

# tidy: ends what a step that failed has left running in domains, and a limit that it has set.
tidy() {
  for name in dd alice bob; do
    if [ -e "/run/domid/$name" ] && alive $name; then
      start $name "killall -q -9 java; echo 1024 >$LIMIT"
    fi
  done
}
