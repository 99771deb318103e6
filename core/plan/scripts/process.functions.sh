# The server of this host: a process named kwbase, in this PID namespace, with a start command. The
# command line of a zombie is empty, so that is none.
kwbase_pid() {
    own=$(readlink /proc/self/ns/pid)
    for process in /proc/[0-9]*; do
        name=
        { read -r name < "$process/comm"; } 2> /dev/null
        [ "$name" = kwbase ] || continue
        [ "$(readlink "$process/ns/pid" 2> /dev/null)" = "$own" ] || continue
        tr '\0' '\n' 2> /dev/null < "$process/cmdline" |
            grep -qxE 'start(-single-node|-single-replica)?' || continue
        echo "${process#/proc/}"
        return
    done
}
alive() { # PID : and no zombie
    case $(sed -n 's/^State:[^A-Z]*\([A-Z]\).*/\1/p' "/proc/$1/status" 2> /dev/null) in
    '' | Z | X) return 1 ;;
    esac
}
# Where the program lies (exe, bin, lib), the directory it came in (home) and what is kept of it (old).
program_places() {
    exe=$(cat "$directory/process/exe" 2> /dev/null)
    bin=$(dirname "$exe")
    home=$bin
    [ "${bin##*/}" != bin ] || home=$(dirname "$bin")
    old=$home.old-$run
    lib=$home/lib
    [ "$home" != "$bin" ] || lib=$bin
    [ -n "$exe" ]
}
