# What is installed, who we are, and the faults a test has asked for.

INFO=/etc/kaiwudb/info
UNIT=/etc/systemd/system/kaiwudb.service
ENV_FILE=/etc/kaiwudb/script/kaiwudb_env
COMPOSE=/etc/kaiwudb/script/docker-compose.yml
FAULTS=${KWSIM_ETC:-/etc/kwsim}/fault

kwsim_fault() { [ -e $FAULTS/$1 ]; }
kwsim_fault_text() { cat $FAULTS/$1 2>/dev/null; }

installed() { [ -e $UNIT ]; }
mode_line() { sed -n "$1p" $INFO/MODE 2>/dev/null; }
advertised_address() { tail -1 $INFO/MODE 2>/dev/null; }
management_user() { mode_line 7; }

deploy_type() {
  local t=$(mode_line 1)
  case $t in bare | container) echo $t ;; esac
}

run_type() {
  local t=$(mode_line 2)
  case $t in single | single-replication | multi-replication) echo $t ;; esac
}

# Root goes through sudo as well. Others: a silent probe, then a password from stdin (bash shows the
# prompt only on a terminal), spliced into a command line that is evaluated: quotes break that line.
local_privileged() {
  if [ "$(whoami)" = root ]; then
    PRIV=sudo
    sudo bash -c exit >/dev/null 2>&1 && return
    echo -e "\033[31m[ERROR]\033[0m Can not use command: 'sudo bash'." >&2
    exit 1
  fi
  if timeout --foreground -k 1 1s sudo -s -p "" exit >/dev/null 2>&1; then
    PRIV=sudo
    return
  fi
  local password
  read -s -t60 -p "Please input $(whoami)'s password: " password
  echo
  if ! eval "echo '$password' | sudo -S -p \"\" -k -s exit" >/dev/null 2>&1; then
    echo -e "\033[31m[ERROR]\033[0m Incorrect password." >&2
    exit 1
  fi
  PRIV="echo '$password' | sudo -S -p \"\""
}

privileged() { eval "$PRIV $*"; } # one shell command line

packages_exist() { # the text of the first fault found, status 1
  [ -d $here/packages ] || { echo "$here/packages: No such directory."; return 1; }
  [ -e $here/packages/KaiwuDB.tar ] && return
  local word
  for word in server libcommon; do
    ls $here/packages | grep -q $word || { echo "Package $word does not exist."; return 1; }
  done
}

package_type() { [ -e $here/packages/KaiwuDB.tar ] && echo container || echo bare; }
package_file() { (cd $here/packages && ls | grep $1 | sed '1s,^,./,'); } # WORD

package_manager() { command -v dpkg >/dev/null && echo dpkg || echo rpm; }
