# Two VMs exchange messages of every class through the driver domain, with the default limit of pages.
whole
exchange pingpong 8,128,4096,300000
start dd "myrixen status"
status=$job
start dd "myrixen counters"
counters=$job
start bob "myrixen info"
info=$job
# A program as `vm` runs it: here one that is at hand.
exchange "vm -- $(sed -n 's#^exec /java/bin/java \(.*Main\) .*#\1#p' /bin/myrixen) stream"
must "status in the driver domain" ended dd $status 60
must "counters in the driver domain" ended dd $counters 60
must "info in bob" ended bob $info 60
