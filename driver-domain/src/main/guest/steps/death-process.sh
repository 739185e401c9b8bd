# A VM's process is killed, the VM lives: the other end is told, nothing is left, the next one works.
whole
busy
must "kill bob's process" on bob 20 "killall -9 java"
told "bob's process died"
parted bob
await 30 "pages are still mapped" unmapped
whole
busy
