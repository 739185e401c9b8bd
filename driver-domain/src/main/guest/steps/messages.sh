# Two VMs exchange messages of every class through the driver domain, with the default limit of pages.
whole
exchange "quick pingpong" 8,128,4096,300000
start dd "myrixen status"
status=$job
must "info in alice" on alice 60 "quick info"
# A program as `vm` runs it: here one that is at hand.
exchange "myrixen vm -- $(sed -n 's#^exec /java/bin/java \(.*\) "$@"#\1#p' /bin/jvm) io.myrixen.driver.command.Main stream"
must "status in the driver domain" ended dd $status 60
