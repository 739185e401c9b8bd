# A driver domain and two VMs boot, and find Xen's devices.
for name in dd alice bob; do create $name; done
for name in dd alice bob; do
  booted $name
  must "$name lacks a device" on $name 20 'cd /dev/xen && ls -l xenbus evtchn gntalloc gntdev'
done
xl list
