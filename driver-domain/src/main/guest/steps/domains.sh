# A driver domain and two VMs boot, and find Xen's devices.
for name in dd alice bob; do create $name; done
quick --version >/dev/null & # Starts its JVM while they boot.
for name in dd alice bob; do
  booted $name
  must "$name lacks a device" on $name 20 'cd /dev/xen && ls -l xenbus evtchn gntalloc gntdev'
done
xl list
