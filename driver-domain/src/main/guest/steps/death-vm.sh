# A VM is destroyed: the other one is told, no page keeps it as a shadow, a new one works.
whole
busy
gone=$(domid bob)
must "xl destroy" xl destroy bob
told "bob is gone"
await 30 "a shadow of bob is left" none_of shadows
await 30 "nodes of bob are left" none_of xenstore-exists "$(home dd)/backend/mx/$gone"
whole
exchange "quick pingpong"
