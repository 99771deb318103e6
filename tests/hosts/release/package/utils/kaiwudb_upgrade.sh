# deploy.sh upgrade

extension_rank() { # alpha 1, beta 2, release 3 (of a plain extension)
  case $1 in alpha*) echo 1 ;; beta*) echo 2 ;; *) echo 3 ;; esac
}

not_supported() {
  echo "WARNING:This version upgrade is not supported, and if you continue to upgrade, you can use" \
    "the --bypass-version-check option to re-execute the upgrade command to skip the version" \
    "comparison check."
  return 1
}

compare_extensions() { # OLD NEW, of one base version
  local old=$1 new=$2
  local refused="UPGRADE ERROR:The upgrade conditions are not met.($old --> $new)"
  [ "$old" = "$new" ] && { echo "$refused"; return 1; }
  if [ -z "$old" ]; then
    case $new in
    alpha* | beta*) echo "UPGRADE ERROR:Official version can not upgrade to $new."; return 1 ;;
    esac
    return 0
  fi
  local old_family=${old%%[0-9]*} new_family=${new%%[0-9]*}
  case $old_family in
  alpha | beta)
    if [ "$old_family" = "$new_family" ]; then
      [ "${new//[!0-9]/}" -gt "${old//[!0-9]/}" ] || not_supported
      return
    fi
    [ $(extension_rank "$new") -gt $(extension_rank "$old") ] || { echo "$refused"; return 1; }
    return 0
    ;;
  esac
  [ -z "$new" ] && return 0
  case $new_family in alpha | beta) echo "$refused"; return 1 ;; esac
  case $old in "$new"alpha* | "$new"beta*) return 0 ;; esac
  case $new in "$old"alpha* | "$old"beta*) echo "$refused"; return 1 ;; esac
  if [ "$old_family$new_family" = patchpatch ] && [ "${new#patch}" -gt "${old#patch}" ]; then return 0; fi
  not_supported
}

compare_versions() { # the refusal on stdout, status 1
  [ -e $INFO/.version ] || return 0
  local old_base=$(sed -n 1p $INFO/.version) old_ext=$(sed -n 2p $INFO/.version)
  local new_base=$(sed -n 1p $here/packages/.version 2>/dev/null)
  local new_ext=$(sed -n 2p $here/packages/.version 2>/dev/null)
  if [ -n "$old_base" ] && [ "$old_base" = "$new_base" ]; then
    compare_extensions "$old_ext" "$new_ext"
    return
  fi
  local newest=$(printf '%s\n%s\n' "$old_base" "$new_base" | sort -V | tail -1)
  if [ -z "$old_base" ] || [ -z "$new_base" ] || [ "$newest" != "$new_base" ]; then
    echo "UPGRADE ERROR:The requested upgrade version is older than the current installed" \
      "version.(current:$old_base new_version:$new_base)"
    return 1
  fi
}

# Faults of the package manager and of the disk that have to exist while the packages are replaced.
faults_before_packages() {
  if [ -e $FAULTS/../squashfs-removed ] && ! kwsim_fault dpkg-fails-after-remove; then
    if [ $(package_manager) = dpkg ]; then
      privileged dpkg -i $FAULTS/../squashfs-tools.deb >/dev/null 2>&1
    else
      privileged rpm -i $FAULTS/../squashfs-tools.rpm >/dev/null 2>&1
    fi && privileged rm -f $FAULTS/../squashfs-removed
  fi
  if kwsim_fault dpkg-lock; then
    # The lock holder starts before the first removal: those fail too, and nothing is changed.
    coproc HOLDER { exec 2>/dev/null; privileged python3 $here/utils/hold_dpkg_lock.py $$; }
    read -t 5 -r _ <&${HOLDER[0]}
  fi
}

faults_after_removal() {
  if kwsim_fault dpkg-fails-after-remove; then
    if [ $(package_manager) = dpkg ]; then
      privileged dpkg -r --force-depends squashfs-tools >/dev/null 2>&1
    else
      privileged rpm -e --nodeps squashfs-tools >/dev/null 2>&1
    fi
    privileged touch $FAULTS/../squashfs-removed
  fi
  if kwsim_fault disk-full-on-unpack; then
    privileged mkdir -p /usr/local/kaiwudb/lib
    privileged mount -t tmpfs -o size=64k tmpfs /usr/local/kaiwudb/lib >/dev/null 2>&1
  elif mountpoint -q /usr/local/kaiwudb/lib 2>/dev/null; then
    privileged umount /usr/local/kaiwudb/lib
  fi
  kwsim_fault deploy-slow && sleep $(kwsim_fault_text deploy-slow)
}

replace_packages() { # the text of the package manager on stdout when it fails
  local name text
  faults_before_packages
  for name in kaiwudb-server kaiwudb-libcommon kwdb-server kwdb-libcommon; do
    if [ $(package_manager) = dpkg ]; then
      privileged dpkg -r $name >/dev/null 2>&1
    else
      privileged rpm -e $name >/dev/null 2>&1
    fi
  done
  faults_after_removal
  cd $here/packages
  for name in libcommon server; do
    if [ $(package_manager) = dpkg ]; then
      text=$(privileged dpkg -i $(package_file $name) 2>&1) || { echo "$text"; return 1; }
    else
      text=$(privileged rpm -ivh $(package_file $name) 2>&1) || { echo "$text"; return 1; }
    fi
  done
  privileged chown -R $(management_user):$(management_user) /usr/local/kaiwudb >/dev/null 2>&1
  return 0
}

# Paths of releases before 2.1 in the unit. The 'q' is a suffix by accident: it leaves a copy of the
# file behind.
rewrite_old_paths() {
  privileged sed -iq "'s,/etc/kwdb,/etc/kaiwudb,g;s,/usr/local/kwdb,/usr/local/kaiwudb,g'" $UNIT \
    >/dev/null 2>&1
}

replace_image() {
  local text image old
  if kwsim_fault docker-load-fails; then
    echo "docker load failed: Error processing tar file(exit status 1): write" \
      "/kaiwudb/lib/libkwdbts2.so: no space left on device"
    return 1
  fi
  text=$(docker load <$here/packages/KaiwuDB.tar 2>&1) || { echo "docker load failed: $text"; return 1; }
  image=$(echo "$text" | sed 's/^Loaded image: //')
  old=$(sed -n 's/^ *image: *//p' $COMPOSE)
  cd /etc/kaiwudb/script
  docker ps -a --format '{{.Names}}' | grep -q kaiwudb-container &&
    docker-compose down >/dev/null 2>&1
  docker rmi $old >/dev/null 2>&1
  privileged sed -i "'s,image:.*,image: $image,'" $COMPOSE >/dev/null 2>&1
  return 0
}

upgrade_packages() {
  if kwsim_fault deploy-fails-hanging; then
    echo "dpkg: error processing archive ./kaiwudb-libcommon (--install):" \
      "cannot access archive: Input/output error"
    return 1
  fi
  if kwsim_fault deploy-lies; then
    :
  elif [ "$(deploy_type)" = container ]; then
    replace_image || return 1
  else
    replace_packages || return 1
    rewrite_old_paths
  fi
  kwsim_fault deploy-version-not-written ||
    privileged cp $here/packages/.version $INFO >/dev/null 2>&1
  return 0
}

set_upgrade_flag() {
  if [ "$(deploy_type)" = container ]; then
    grep -q upgrade-complete $COMPOSE ||
      privileged sed -i "'/\/kaiwudb\/bin\/kwbase/s,\$, --upgrade-complete,'" $COMPOSE
    return
  fi
  privileged sed -iq "'s,KAIWUDB_START_ARG=\",KAIWUDB_START_ARG=\"--upgrade-complete ,'" $ENV_FILE
}

clear_upgrade_flag() {
  [ "$(deploy_type)" = container ] && return
  privileged sed -iq "'s,--upgrade-complete,,'" $ENV_FILE
}

upgrade_offline() {
  local text
  bar_step upgrade 70
  sleep 0.3
  if ! text=$(upgrade_packages); then log_error "Pipe create failed: $text."; exit 1; fi
}

upgrade_online() {
  local text id
  if [ "$(run_type)" = single ]; then
    log_error "Current local node is not support online upgrade! Please stop KaiwuDB then try again."
    exit 1
  fi
  bar_step 'change#KaiwuDB#status' 75
  sleep 0.2
  if ! id=$(own_node_id); then
    log_error "KaiwuDB change status failed: Get node id failed: $id.."
    exit 1
  fi
  if ! text=$(kwbase_cli node upgrade $id 2>&1); then
    log_error "KaiwuDB change status failed: $text."
    exit 1
  fi
  bar_step upgrade 80
  sleep 0.2
  if ! text=$(upgrade_packages); then log_error "KaiwuDB upgrade failed: $text."; exit 1; fi
  set_upgrade_flag
  bar_step 'restart#KaiwuDB' 90
  if ! text=$(restart_service); then log_error "Recover KaiwuDB failed: $text."; exit 1; fi
  clear_upgrade_flag
}

check_before_upgrade() {
  local text
  bar_step 'install#check' 10
  installed || { log_error "KaiwuDB does not exist. Please install KaiwuDB first."; exit 1; }
  bar_step 'verify#packages' 20
  if ! text=$(packages_exist); then log_error "$text"; exit 1; fi
  bar_step 'verify#install#type' 30
  if [ "$(deploy_type)" != "$(package_type)" ]; then
    log_error "Current use $(deploy_type), but the package is $(package_type)."
    exit 1
  fi
}

upgrade_command() {
  trap "" INT
  local_privileged
  log_init
  bar_start
  check_before_upgrade
  local text
  if [ "$opt_mode" = local ]; then
    if [ -z "$opt_bypass" ]; then
      bar_step 'version#compare' 50
      sleep 0.5
      if ! text=$(compare_versions); then log_error "$text"; exit 1; fi
    fi
    bar_step 'whether#running' 60
    sleep 0.2
    if running; then upgrade_online; else upgrade_offline; fi
    bar_step 'upgrade#complete' 100
    bar_wait
    completed UPGRADE "Local node upgrade successfully."
    exit 0
  fi
  if [ "$opt_mode" = all ]; then
    log_error "KaiwuDB is not runnning, can not get cluster nodes status."
    exit 1
  fi
  bar_step end 0
  bar_wait
}
