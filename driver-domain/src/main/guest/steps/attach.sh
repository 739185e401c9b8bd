# The toolstack gives devices, refuses what cannot be, and takes them away.
refused 3 "no domain named nobody" myrixen xen attach --frontend nobody --backend dd
refused 3 "no domain with domid 99" myrixen xen attach --frontend alice --backend 99
must "attach" myrixen xen attach --frontend alice --backend dd
refused 2 "attached" myrixen xen attach --frontend alice --backend dd --device 0
device=$(home alice)/device/mx/0
[ "$(xenstore-read "$device/backend")" = "$(home dd)/backend/mx/$(domid alice)/0" ] || fail "wrong backend node"
must "alice cannot read her device" on alice 20 "xenstore-read device/mx/0/backend"
must "dd cannot read alice's state" on dd 20 "xenstore-read $device/state"
on bob 20 "xenstore-read $device/state" && fail "bob can read alice's device"
refused 1 "has not closed" myrixen xen detach --frontend alice --timeout 1
must "detach" myrixen xen detach --frontend alice --force
xenstore-exists "$device" && fail "a node is left"
xenstore-ls -f | grep '^[^ ]*/mx/' && fail "nodes are left"
on alice 30 "myrixen xen attach --frontend bob --backend alice" && fail "a VM can attach devices"
true
