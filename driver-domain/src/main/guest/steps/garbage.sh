# A VM writes nonsense into its device's nodes: it is told so, and can use its device once it makes
# sense; the other VM is served on.
whole
backend=$(backend alice)
must "begin" on alice 20 "xenstore-write device/mx/0/state 1"
awoken 30 "the driver domain does not offer alice her device" "$backend/state" backend_is alice 2
must "write nonsense" on alice 20 \
  "xenstore-write -- device/mx/0/ring-ref nonsense device/mx/0/event-channel -7 device/mx/0/protocol-version 1 device/mx/0/state 4"
awoken 30 "the driver domain does not close a device of nonsense" "$backend/state" backend_is alice 6
xenstore-read "$backend/error" | grep -q -e "frontend speaks" -e "no grant reference" || fail "alice is not told what makes no sense"
frontend_is bob 4 || fail "bob has lost his device"
exchange "quick pingpong"
xenstore-exists "$backend/error" && fail "the error stays when all is well"
true
