# deploy.sh uninstall: /etc/kaiwudb and the unit go in any case (up to 3.0.1), the data only when
# asked for.

ask_delete_data() {
  local answer question="When uninstalling KaiwuDB, you can either delete or keep all user data."
  question="$question Please confirm your choice: Do you want to delete the data? (y/N)"
  read -t60 -p "$question" answer
  case $answer in y | yes) return 0 ;; esac
  return 1
}

remove_container() {
  local image=$(sed -n 's/^ *image: *//p' $COMPOSE)
  (cd /etc/kaiwudb/script && docker-compose down >/dev/null 2>&1)
  docker rmi $image >/dev/null 2>&1
}

uninstall_command() {
  local_privileged
  log_init
  installed || { log_error "KaiwuDB does not exist. Please install KaiwuDB first."; exit 1; }
  if running; then log_error "Please stop KaiwuDB first."; exit 1; fi
  local name delete='' user=$(management_user) data_root=$(mode_line 4)
  ask_delete_data && delete=1
  [ "$(deploy_type)" != container ] || remove_container
  for name in kaiwudb-server kaiwudb-libcommon kwdb-server kwdb-libcommon; do
    if [ $(package_manager) = dpkg ]; then
      privileged dpkg -r $name >/dev/null 2>&1
    else
      privileged rpm -e $name >/dev/null 2>&1
    fi
  done
  [ -n "$delete" ] && [ -n "$data_root" ] && privileged rm -rf $data_root
  privileged rm -rf /etc/kaiwudb /usr/local/kaiwudb $UNIT
  privileged systemctl daemon-reload >/dev/null 2>&1
  if [ "$user" != root ] && [ -n "$user" ]; then
    privileged userdel -r $user >/dev/null 2>&1
    privileged sed -i "'/^$user ALL/d'" /etc/sudoers >/dev/null 2>&1
  fi
  completed UNINSTALL "KaiwuDB has been uninstalled successfully."
}
