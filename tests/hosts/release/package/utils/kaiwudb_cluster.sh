# What is asked of the running cluster, always as the management user.

client_host() { # the address the server of this node listens on
  local listen=$(sed -n 's/^ExecStart=.*--listen-addr=\([^: ]*\):.*/\1/p' $UNIT)
  case $listen in '' | 0.0.0.0) echo 127.0.0.1 ;; *) echo $listen ;; esac
}

security_options() {
  case $(mode_line 8) in
  tls) echo --certs-dir=/etc/kaiwudb/certs ;;
  tlcp) echo --certs-dir=/etc/kaiwudb/certs --tlcp ;;
  *) echo --insecure ;;
  esac
}

kwbase_cli() {
  if [ "$(deploy_type)" = container ]; then
    docker exec kaiwudb-container ./kwbase "$@" --host=127.0.0.1:26257 \
      $(security_options | sed 's,/etc/kaiwudb/certs,/kaiwudb/certs,')
    return
  fi
  (cd /usr/local/kaiwudb/bin &&
    sudo -u $(management_user) ./kwbase "$@" --host=$(client_host):$(mode_line 5) $(security_options))
}

own_node_id() { # found by the host part of column 3; status 1 and the text when nobody answers
  local rows
  rows=$(kwbase_cli node status 2>&1) || { echo "$rows"; return 1; }
  echo "$rows" | awk -v own="$(advertised_address)" -F'\t' \
    '{split($3, a, ":"); if (a[1] == own) print $1}'
}

cluster_command() {
  local_privileged
  log_init
  installed || { log_error "KaiwuDB does not exist. Please install KaiwuDB first."; exit 1; }
  local text
  case $opt_mode in
  status)
    if ! text=$(kwbase_cli node status 2>&1); then
      log_error "Cluster status failed: $text."
      exit 1
    fi
    echo "$text"
    ;;
  init)
    privileged systemctl start kaiwudb >/dev/null 2>&1
    for _ in {1..60}; do
      text=$(kwbase_cli init 2>&1) && { completed INIT "Cluster init successfully."; return; }
      case $text in *"cannot dial"* | *"refused"*) sleep 1 ;; *) break ;; esac
    done
    log_error "Cluster init failed: $text."
    exit 1
    ;;
  esac
}
