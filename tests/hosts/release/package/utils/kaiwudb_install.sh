# deploy.sh install: lays down what an installed node has (packages, /etc/kaiwudb, unit, sudoers line)
# on this host and leaves the service stopped. The other nodes of a cluster are installed by running
# it there, with KWSIM_JOIN naming the first node. /etc/kwsim/listen holds another listen address than
# 0.0.0.0 (hosts that share one network), KWSIM_CERTS names a directory with a ready CA and certificates.

config() { # SECTION KEY
  awk -v section="[$1]" -v key="$2" '/^[[:space:]]*#/ {next} /^\[/ {inside = ($1 == section)}
    inside {split($0, p, "="); if (p[1] == key) {sub(/^[^=]*=/, ""); print}}' $here/deploy.cfg | tail -1
}

config_or() { local v=$(config $1 $2); echo "${v:-$3}"; }

read_config() {
  secure_mode=$(config_or global secure_mode tls)
  user=$(config_or global management_user kaiwudb)
  http_port=$(config_or global rest_port 8080)
  db_port=$(config_or global kaiwudb_port 26257)
  data_root=$(config_or global data_root /var/lib/kaiwudb)
  encrypto=$(config_or global encrypto_store false)
  cpu=$(config global cpu)
  own_address=$(config_or local node_addr 127.0.0.1)
  other_addresses=$(config cluster node_addr)
  case $secure_mode in
  insecure) security=--insecure ;;
  tls) security=--certs-dir=/etc/kaiwudb/certs ;;
  tlcp) security='--certs-dir=/etc/kaiwudb/certs --tlcp' ;;
  *) log_error "secure_mode=$secure_mode is not supported."; exit 1 ;;
  esac
}

make_user() {
  id $user >/dev/null 2>&1 || privileged useradd -m -s /bin/bash $user >/dev/null 2>&1
  privileged grep -qs "'^$user ALL'" /etc/sudoers ||
    privileged sh -c "'echo \"$user ALL=(ALL)  NOPASSWD: ALL\" >>/etc/sudoers'" \
      >/dev/null 2>&1
}

install_packages() {
  local name text
  if [ $(package_type) = container ]; then load_image; return; fi
  cd $here/packages
  for name in libcommon server; do
    if [ $(package_manager) = dpkg ]; then
      text=$(privileged dpkg -i $(package_file $name) 2>&1) || { echo "$text"; return 1; }
    else
      text=$(privileged rpm -ivh $(package_file $name) 2>&1) || { echo "$text"; return 1; }
    fi
  done
}

# The name of the image for the compose file: what `docker load` says, without looking at it.
load_image() {
  local text
  text=$(docker load <$here/packages/KaiwuDB.tar 2>&1) || { echo "docker load failed: $text"; return 1; }
  echo "$text" | sed 's/^Loaded image: //' >$here/packages/.image
}

# With openssl's elliptic keys: the stand-in server does not care, a reader of expiry dates does.
make_certs() { # DIR : run as root
  local d=$1 name
  local key='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'
  if [ -n "$KWSIM_CERTS" ]; then cp $KWSIM_CERTS/* $d/; return; fi
  openssl req -x509 $key -days 3650 -subj '/O=KaiwuDB/CN=KaiwuDB CA' -keyout $d/ca.key \
    -out $d/ca.crt 2>/dev/null || return 1
  for name in node client.root; do
    openssl req $key -subj "/O=KaiwuDB/CN=${name#client.}" -keyout $d/$name.key \
      -out $d/$name.csr 2>/dev/null
    openssl x509 -req -in $d/$name.csr -CA $d/ca.crt -CAkey $d/ca.key -days 1825 \
      -set_serial 0x$(date +%s%N) -out $d/$name.crt \
      -extfile <(echo "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:$own_address") 2>/dev/null
    rm -f $d/$name.csr
  done
}

install_certs() {
  local t=$(mktemp -d)
  make_certs $t || { rm -rf $t; echo "create certs failed"; return 1; }
  privileged cp $t/* /etc/kaiwudb/certs/
  tar -C $t -czf $here/kaiwudb_certs.tar.gz .
  rm -rf $t
  privileged sh -c "'chmod 700 /etc/kaiwudb/certs/*.key; chmod 644 /etc/kaiwudb/certs/*.crt'"
}

put() { # FILE : stdin becomes its content, as root
  local t=$(mktemp)
  cat >$t
  privileged cp $t $1
  privileged chmod 644 $1
  rm -f $t
}

write_info() {
  local what=/usr/local/kaiwudb
  [ $(package_type) = bare ] || what=$(cat $here/packages/.image)
  printf '%s\n' $(package_type) $opt_mode "$what" $data_root $db_port $http_port $user \
    $secure_mode $encrypto $own_address | put $INFO/MODE
  if [ $opt_mode != single ]; then
    printf '%s\n' "${other_addresses//,/ }" "$(config_or cluster ssh_port 22)" \
      "$(config_or cluster ssh_user root)" | put $INFO/NODE
  fi
  privileged cp $here/packages/.version $INFO/.version
  [ $(package_type) = container ] || echo 'KAIWUDB_START_ARG=""' | put $ENV_FILE
}

start_mode() {
  case $opt_mode in
  single) echo start-single-node ;;
  single-replication) echo start-single-replica ;;
  multi-replication) echo start ;;
  esac
}

# Since 3.0 a server has a third port and does not start without it.
brpc_option() { # ADDRESS
  case $(head -n 1 $here/packages/.version) in [3-9].*) echo " --brpc-addr=$1:27257" ;; esac
}

join_option() {
  [ $opt_mode = single ] || echo " --join ${KWSIM_JOIN:-$own_address}:$db_port"
}

write_compose() {
  put $COMPOSE <<C
version: '3.3'
services:
  kaiwudb-container:
    image: $(cat $here/packages/.image)
    container_name: kaiwudb-container
    hostname: kaiwudb-container
    ports:
      - $http_port:8080
      - $db_port:26257
    ulimits:
      memlock: -1
      nofile: 1048576
    volumes:
      - /etc/kaiwudb/certs:/kaiwudb/certs
      - $data_root:/kaiwudb/deploy/kaiwudb-container
      - /dev:/dev
    networks:
      - default
    restart: on-failure
    ipc: shareable
    privileged: true
    environment:
      - LD_LIBRARY_PATH=/kaiwudb/lib
    tty: true
    working_dir: /kaiwudb/bin
    command:
      - /bin/bash
      - -c
      - |
        /kaiwudb/bin/kwbase  $(start_mode) ${security//etc\/kaiwudb/kaiwudb} --listen-addr=0.0.0.0:26257 --advertise-addr=$own_address:$db_port --http-addr=0.0.0.0:8080$(brpc_option 0.0.0.0) --store=/kaiwudb/deploy/kaiwudb-container$(join_option)
C
}

write_container_unit() {
  local compose=$(which docker-compose)
  put $UNIT <<U
[Unit]
Description=KaiwuDB Service
After=network.target docker.service

[Service]
Type=simple
User=root
WorkingDirectory=/etc/kaiwudb/script
ExecStart=$compose --compatibility up
ExecStop=$compose stop

[Install]
WantedBy=multi-user.target
U
}

write_unit() {
  local command listen=$(cat $FAULTS/../listen 2>/dev/null)
  listen=${listen:-0.0.0.0}
  command="/usr/local/kaiwudb/bin/kwbase $(start_mode) \$KAIWUDB_START_ARG $security"
  command="$command --listen-addr=$listen:$db_port --advertise-addr=$own_address:$db_port"
  command="$command --http-addr=$listen:$http_port$(brpc_option $listen) --store=$data_root$(join_option)"
  put $UNIT <<U
[Unit]
Description=KaiwuDB Service
After=network.target syslog.target

[Service]
Type=simple
LimitMEMLOCK=infinity
LimitNOFILE=1048576
User=$user
Group=$user
${cpu:+CPUQuota=$cpu
}WorkingDirectory=/usr/local/kaiwudb/bin
EnvironmentFile=$ENV_FILE
ExecStartPre=/usr/bin/sudo /usr/sbin/sysctl -w vm.max_map_count=10000000
ExecStart=$command
ExecStop=/bin/kill \$MAINPID
KillMode=control-group

[Install]
WantedBy=multi-user.target
U
}

install_steps() {
  local text
  bar_step 'local#install' 60
  if ! text=$(install_packages); then log_error "Install packages failed: $text."; exit 1; fi
  bar_step 'create#configure' 70
  privileged rm -rf /etc/kaiwudb
  privileged mkdir -p /etc/kaiwudb/certs /etc/kaiwudb/script $INFO $data_root
  make_user
  write_info
  if [ $secure_mode != insecure ]; then
    bar_step 'create#certs' 75
    if ! text=$(install_certs); then log_error "Create certs failed: $text."; exit 1; fi
  fi
  bar_step 'create#service' 85
  if [ $(package_type) = container ]; then
    write_compose
    write_container_unit
    privileged chown -R $user:$user /etc/kaiwudb/certs /etc/kaiwudb/script
  else
    write_unit
    privileged chown -R $user:$user /etc/kaiwudb/certs /etc/kaiwudb/script /usr/local/kaiwudb $data_root
  fi
  bar_step 'install#complete' 100
}

install_command() {
  local text
  local_privileged
  log_init
  [ -n "$opt_mode" ] || exit 0
  bar_start
  bar_step 'install#check' 5
  if installed; then
    log_error "KaiwuDB already exists. Please uninstall KaiwuDB first."
    exit 1
  fi
  bar_step 'hardware#check' 10
  bar_step 'configure#file#check' 15
  read_config
  if ! text=$(packages_exist); then log_error "$text"; exit 1; fi
  if [ -n "$(ls -A $data_root 2>/dev/null)" ]; then log_warn "Data dir is not empty"; fi
  install_steps
  bar_wait
  text="KaiwuDB has been installed successfully! To start KaiwuDB, please execute the command"
  completed INSTALL "$text '\033[1;34msystemctl daemon-reload\033[0m'."
}
