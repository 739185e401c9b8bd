# Too few pages to grant, or no module for that: the message says what to do; then all goes well.
whole
contract # Beside what waits most of the time; its step waits for it.
must "lower the limit" on alice 10 "echo 16 >$LIMIT"
refused_on alice 1 "$LIMIT" "quick pingpong --peer bob --sizes 8 --count 1"
must "raise the limit" on alice 10 "echo 16384 >$LIMIT"
exchange "quick pingpong" 8,128,4096,300000
must "take a module away" on alice 10 "rmmod xen_gntalloc"
refused_on alice 3 "modprobe xen-gntalloc" "quick pingpong --peer bob --sizes 8 --count 1"
must "the module, and its default limit" on alice 10 "insmod /modules/xen-gntalloc.ko"
