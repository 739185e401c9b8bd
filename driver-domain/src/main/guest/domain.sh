# Every domain but domain 0: runs the commands that domain 0 leaves in data/run, each as soon as it is
# there, and tells how it ended and what it said last. `on` in steps-lib.sh is the other end.
hostname "$(xenstore-read name)"
run() {
  { sh -c "$2" 2>&1 </dev/null; echo $? >"/tmp/code.$1"; } | tee "/tmp/said.$1" | while IFS= read -r line; do echo "$1| $line"; done
  xenstore-write "data/said/$1" "$(tail -n 3 "/tmp/said.$1" | cut -c 1-500)" \
    "data/done/$1" "$(cat "/tmp/code.$1")"
}
next=1
xenstore-write data/run ""
xenstore-write data/up "$(cut -d ' ' -f 1 /proc/uptime)"
# A watch tells of what is there at first, and then of each change: a look would cost more.
xenstore-watch data/run | while read -r _; do
  while command=$(xenstore-read "data/run/$next" 2>/dev/null); do
    run $next "$command" &
    next=$((next + 1))
  done
done
