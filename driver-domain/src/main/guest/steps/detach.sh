# A device is taken away under a program that uses it, and given back.
whole
busy
must "detach" quick xen detach --frontend alice --timeout 120
xenstore-exists "$(home alice)/device/mx/0" && fail "a node of the frontend is left"
xenstore-exists "$(home dd)/backend/mx/$(domid alice)" && fail "a node of the backend is left"
must "attach" quick xen attach --frontend alice --backend dd --device 0
told "her device is gone"
exchange "quick pingpong" 8
