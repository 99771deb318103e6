# Starting, stopping and asking the service.

SEE_JOURNAL="For more information, use 'journalctl -u kaiwudb' to view the system logs."

running() {
  if [ "$(deploy_type)" = container ]; then
    # The filter finds every name that contains the word: two containers read as "not running".
    local status=$(docker ps -a --filter name=kaiwudb-container --format '{{.Status}}' 2>/dev/null)
    case $status in *$'\n'*) return 1 ;; Up*) return 0 ;; *) return 1 ;; esac
  fi
  local pid=$(systemctl show kaiwudb --property MainPID --value 2>/dev/null)
  [ "${pid:-0}" != 0 ]
}

show_status() {
  log_init
  installed || { log_error "KaiwuDB does not exist. Please install KaiwuDB first."; exit 1; }
  if running; then
    completed STATUS "KaiwuDB is runnning now."
  else
    completed STATUS "KaiwuDB is not runnning."
  fi
}

operate() { # start|stop|restart
  local_privileged
  log_init
  installed || { log_error "KaiwuDB does not exist. Please install KaiwuDB first."; exit 1; }
  if ! privileged systemctl $1 kaiwudb >/dev/null 2>&1; then
    log_error "${1^} KaiwuDB failed. $SEE_JOURNAL"
    exit 1
  fi
  completed ${1^^} "KaiwuDB $1 successfully."
}

# The wait after a restart is ineffective up to 3.0.1: one question, the answer is not looked at. From 3.1.0
# on it is a real one; in a container it asks with "exec -it", which never works without a terminal.
wait_for_node() {
  if [ "$(printf '%s\n3.1.0\n' "$(sed -n 1p $here/packages/.version)" | sort -V | head -1)" != 3.1.0 ]; then
    sleep 2
    kwbase_cli node status >/dev/null 2>&1
    return 0
  fi
  local i
  for i in {1..301}; do
    if [ "$(deploy_type)" = container ]; then
      docker exec -it kaiwudb-container ./kwbase node status --host=127.0.0.1:26257 \
        $(security_options | sed 's,/etc/kaiwudb/certs,/kaiwudb/certs,') >/dev/null 2>&1 && return 0
    else
      kwbase_cli node status >/dev/null 2>&1 && return 0
    fi
    sleep 2
  done
  return 1
}

restart_service() {
  privileged systemctl daemon-reload >/dev/null 2>&1
  if ! privileged systemctl restart kaiwudb >/dev/null 2>&1; then
    echo "Restart KaiwuDB failed. $SEE_JOURNAL"
    return 1
  fi
  if ! wait_for_node; then
    echo "Restart KaiwuDB failed. $SEE_JOURNAL"
    return 1
  fi
}
