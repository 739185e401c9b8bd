# Everything that MX promises, in one JVM of a VM with two boards, and a raised limit of pages. It runs
# for long: compiling pays as soon as it usually does.
whole
must "raise the limit" on alice 10 "echo 16384 >$LIMIT"
must "attach a second device" myrixen xen attach --frontend alice --backend dd --device 1
must "conformance in alice" on alice 300 \
  "sed s/ThresholdScaling=10/ThresholdScaling=1/ /bin/myrixen >/tmp/long && sh /tmp/long conformance"
said alice $job
must "detach the second device" myrixen xen detach --frontend alice --device 1 --timeout 120
must "the default limit" on alice 10 "echo 1024 >$LIMIT"
