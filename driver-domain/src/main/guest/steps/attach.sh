# The toolstack gives devices, refuses what cannot be, and takes them away.
start bob "echo user:x:1000:1000::/:/bin/sh >/etc/passwd && start-stop-daemon -S -c user -x /bin/myrixen -- info"
stranger=$job
start alice "quick xen attach --frontend bob --backend alice"
attempt=$job
refused 3 "no domain named nobody" quick xen attach --frontend nobody --backend dd
refused 2 "attached to dd (domain $(domid dd)) already" \
  quick xen attach --frontend alice --frontend bob --frontend alice --backend dd --device 0
device=$(home alice)/device/mx/0
[ "$(xenstore-read "$device/backend")" = "$(backend alice)" ] || fail "wrong backend node"
must "alice cannot read her device" on alice 20 "xenstore-read device/mx/0/backend"
must "dd cannot read alice's state" on dd 20 "xenstore-read $device/state"
on bob 20 "xenstore-read $device/state" && fail "bob can read alice's device"
refused 1 "has not closed" quick xen detach --frontend alice --timeout 1
must "detach" quick xen detach --frontend alice --frontend bob --force
xenstore-ls -f | grep '^[^ ]*/mx/' && fail "nodes are left"
ended alice $attempt 30 && fail "a VM can attach devices"
said alice $attempt | grep -q "run it in domain 0" || fail "a VM is not told where devices are attached"
ended bob $stranger 60 && fail "any user may use Xen's devices"
said bob $stranger | grep -q "this takes root" || fail "a user is not told what it takes"
