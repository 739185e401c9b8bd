# When all devices are taken away, nothing of them is left anywhere.
whole
exchange "quick pingpong" 8
must "detach" quick xen detach --frontend alice --frontend bob --force
xenstore-ls -f | grep -E '^[^ ]*/mx/[0-9]' && fail "nodes are left"
await 60 "pages are still mapped" unmapped
[ "$(xl list | tail -n +2 | wc -l)" = 4 ] || fail "not four domains: $(xl list | tail -n +2)"
