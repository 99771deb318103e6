#!/bin/bash
# Stand-in for the deployment script of a KWDB release: same commands, output, files and habits.
here=$(cd $(dirname $0) && pwd) # unquoted: a package path with blanks breaks it, as it does the original
source $here/utils/process_bar.sh
source $here/utils/kaiwudb_log.sh
source $here/utils/kaiwudb_common.sh
source $here/utils/kaiwudb_operate.sh
source $here/utils/kaiwudb_cluster.sh
source $here/utils/kaiwudb_install.sh
source $here/utils/kaiwudb_uninstall.sh
source $here/utils/kaiwudb_upgrade.sh

usage() { # upgrade, join and decommission are missing from the list, as in the original
  cat <<'T'
Usage: ./deploy.sh [COMMAND] [OPTION]

Commands:
  install      Install KaiwuDB on the local node or on the nodes of deploy.cfg.
  uninstall    Uninstall KaiwuDB from the local node.
  start        Start KaiwuDB on the local node.
  stop         Stop KaiwuDB on the local node.
  restart      Restart KaiwuDB on the local node.
  status       Show whether KaiwuDB is running on the local node.
  cluster      Initialise the cluster (-i) or show its nodes (-s).

Run './deploy.sh [COMMAND] --help' for the options of a command.
T
}

# parse COMMAND ARGS… : sets opt_* . getopt's complaints are thrown away and its status is lost, so an
# unknown option is simply not there; one that belongs to another command is never shifted away.
parse() {
  local command=$1
  shift
  local words=$(getopt -a -o lahis \
    -l local,all,help,init,status,bypass-version-check,single,single-replica,multi-replica \
    -- "$@" 2>/dev/null)
  eval set -- "$words"
  while true; do
    case $command:$1 in
    *:-h | *:--help) opt_help=1; shift ;;
    upgrade:-l | upgrade:--local) opt_mode=local; shift ;;
    upgrade:-a | upgrade:--all) opt_mode=all; shift ;;
    upgrade:--bypass-version-check) opt_bypass=1; shift ;;
    install:--single) opt_mode=single; shift ;;
    install:--single-replica) opt_mode=single-replication; shift ;;
    install:--multi-replica) opt_mode=multi-replication; shift ;;
    cluster:-i | cluster:--init) opt_mode=init; shift ;;
    cluster:-s | cluster:--status) opt_mode=status; shift ;;
    *:-- | *:) break ;;
    *) sleep 0.05 ;; # for ever
    esac
  done
}

opt_mode='' opt_bypass='' opt_help=''
command=$1
case $command in
install | uninstall | upgrade | start | stop | restart | status | cluster) shift ;;
*) usage; exit 0 ;;
esac
if kwsim_fault deploy-noop && [ "$command" = upgrade ]; then exit 0; fi
parse $command "$@"
if [ -n "$opt_help" ]; then usage; exit 0; fi
case $command in
status) show_status ;;
start | stop | restart) operate $command ;;
cluster) cluster_command ;;
install) install_command ;;
uninstall) uninstall_command ;;
upgrade) upgrade_command ;;
esac
