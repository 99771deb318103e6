# The progress bar: an asynchronous child that reads "name percent" from a FIFO it also holds open
# for writing. It looks for its parent only after having drawn a bar; when the parent has gone while
# the child waits for the next one, the child stays for ever and keeps stdout open.

blank_line() { printf '%116s\r' ''; }

bar_child() { # PARENT
  local name pct hashes
  sleep 0.2
  while read -r name pct <&9; do
    [ "$name" = end ] && { blank_line; return; }
    printf -v hashes '%*s' $((pct / 2)) ''
    printf '%-25s: [%-50s] %d%%\r' "${name//#/ }" "${hashes// /#}" "$pct"
    [ "$pct" = 100 ] && { blank_line; return; }
    ps -p "$1" >/dev/null 2>&1 || { blank_line; return; }
  done
}

bar_start() {
  local text
  if ! text=$(mkfifo $here/kw_pipe 2>&1); then
    log_error "Pipe create failed: $text"
    exit 1
  fi
  exec 9<>$here/kw_pipe
  rm -f $here/kw_pipe
  bar_child $$ &
  bar_pid=$!
}

bar_step() { echo "$1 $2" >&9; } # NAME PERCENT ('#' in the name is shown as a blank)

bar_wait() { # what was sent has been drawn
  wait $bar_pid
}
