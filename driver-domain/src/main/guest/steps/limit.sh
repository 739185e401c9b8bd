# Too few pages to grant: the message names the limit; with more, all goes well.
whole
contract # Beside what waits most of the time; its step waits for it.
must "lower the limit" on alice 10 "echo 16 >$LIMIT"
refused_on alice 1 "$LIMIT" "quick pingpong --peer bob --sizes 8 --count 1"
must "raise the limit" on alice 10 "echo 16384 >$LIMIT"
exchange "quick pingpong"
must "the default limit" on alice 10 "echo 1024 >$LIMIT"
