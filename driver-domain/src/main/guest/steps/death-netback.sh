# The driver domain's process is killed and started again in the same domain: VMs go on.
whole
busy
must "kill the driver domain's process" on dd 20 "killall -9 java"
told "the driver domain's process died"
parted dd
await 30 "pages are still mapped" unmapped
whole
busy
