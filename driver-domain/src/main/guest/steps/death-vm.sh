# A VM is destroyed: the other one is told, no page keeps it as a shadow; one that is destroyed while it
# shakes hands, about a device that xl's hook has attached, leaves nothing either; a new one works.
destroyed() {
  gone=$(home dd)/backend/mx/$(domid bob)
  must "xl destroy" xl destroy bob
}
vanished() {
  await 30 "a shadow of bob is left" none_of shadows
  awoken 30 "nodes of bob are left" "$gone" none_of xenstore-exists "$gone"
}
whole
busy
destroyed
told "bob is gone"
vanished
must "load xl's driver" insmod /modules/xen-netback.ko
create bob 'vif=["script=vif-mx"]'
awoken 30 "the driver domain does not offer bob his device" "$(backend bob)/state" backend_is bob 2
destroyed
vanished
whole
busy
