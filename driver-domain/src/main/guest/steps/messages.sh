# Two VMs exchange messages of every class through the driver domain, with the default limit of pages.
whole
# A program as `vm` runs it: here one that is at hand.
java=$(sed -n 's#^exec /java/bin/java \(.*\) "$@"#\1#p' /bin/jvm)
exchange "myrixen vm -- $java io.myrixen.driver.command.Main stream" 8,128,4096,300000
start dd "myrixen status"
status=$job
must "info in alice" on alice 60 "quick info"
must "status in the driver domain" ended dd $status 60
