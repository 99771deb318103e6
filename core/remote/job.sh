# Detached job with re-attach. POSIX sh, /proc, coreutils or busybox.
# Called with the words BASE VERB ID [ARG...] already set (a "set --" line in front of this text).
# Standard output carries log bytes only, so the caller's offset is the number of bytes it has
# received; control words go to standard error as lines "@@ ...". Files of a job, below BASE/ID:
#   cmd  the script      run  the runner      log  output of the script
#   who  pid, start time and boot id of the runner      rc  exit code, written last
LC_ALL=C; export LC_ALL; umask 077
PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export PATH
base=$1; verb=$2; id=$3; arg=$4; arg2=$5
d=$base/$id
say() { printf '@@ %s\n' "$*" >&2; }
case $id in ''|.*|*[!A-Za-z0-9._-]*) say "error bad-id"; exit 64;; esac

# Field 22 of /proc/PID/stat; field 2 may hold blanks and parentheses.
start_time() {
    line=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
    line=${line##*) }
    set -- $line
    shift 19
    echo "$1"
}
boot_id() { cat /proc/sys/kernel/random/boot_id; }

# absent | starting | running | exit N | lost REASON
state() {
    if [ ! -d "$d" ]; then echo absent; return; fi
    if [ -f "$d/rc" ]; then echo "exit $(cat "$d/rc")"; return; fi
    if [ ! -f "$d/who" ]; then
        # Claimed, runner not up yet. A starter that was cut off leaves it like this for ever.
        if [ -n "$(find "$d" -maxdepth 0 -mmin +1 2>/dev/null)" ]; then echo "lost never-started"
        else echo starting; fi
        return
    fi
    read -r pid time boot < "$d/who"
    if [ "$boot" != "$(boot_id)" ]; then echo "lost reboot"; return; fi
    if [ "$(start_time "$pid")" = "$time" ]; then echo running; return; fi
    if [ -f "$d/rc" ]; then echo "exit $(cat "$d/rc")"; return; fi # ended between the two looks
    echo "lost killed"
}

start() { # arg: length of the script, which comes on standard input
    trap : HUP INT TERM PIPE # a connection lost in here must not leave half a start
    mkdir -p "$base" || { say "error no-base"; exit 73; }
    # Others could put their own script into a directory that is not ours.
    if [ ! -O "$base" ] || [ -L "$base" ]; then say "error unsafe-base"; exit 77; fi
    chmod 700 "$base"
    part=$base/.in.$id.$$
    trap 'rm -f "$part"' EXIT
    cat > "$part" || { say "error write"; exit 74; }
    n=$(wc -c < "$part"); n=$((n))
    if [ "$n" -ne "$arg" ]; then say "error short $n"; exit 65; fi
    mkdir "$d" 2>/dev/null || { say "$(state)"; exit 17; } # only one caller can ever pass here
    mv "$part" "$d/cmd" && : > "$d/log" || { rm -rf "$d"; say "error write"; exit 74; }
    cat > "$d/run" <<'RUN' || { rm -rf "$d"; say "error write"; exit 74; }
d=$1
trap '' HUP INT
trap : TERM
cd /
mkdir "$d/up" 2>/dev/null || exit 0 # a launch that was reported as failed may have worked
line=$(cat /proc/$$/stat); line=${line##*) }; set -- $line; shift 19
echo "$$ $1 $(cat /proc/sys/kernel/random/boot_id)" > "$d/who.t" && mv "$d/who.t" "$d/who" || exit 1
(umask 022; exec sh "$d/cmd" </dev/null >>"$d/log" 2>&1) &
child=$!
wait $child; r=$?
while kill -0 $child 2>/dev/null; do wait $child; r=$?; done
echo "$r" > "$d/rc.t"
sync "$d/log" "$d/rc.t" 2>/dev/null || sync
mv "$d/rc.t" "$d/rc"
RUN
    via=
    if [ -d /run/systemd/system ] && [ "$(id -u)" = 0 ] && command -v systemd-run >/dev/null; then
        # Out of the login session's scope, which may be killed at logout. KillMode: what the script
        # leaves running in the background goes on, as it does without systemd.
        launch() {
            systemd-run --quiet "$@" --unit="kwup-$id-$$" --property=KillMode=process \
                --setenv=HOME="${HOME:-/root}" --setenv=PATH="$PATH" --setenv=LC_ALL=C \
                sh "$d/run" "$d" </dev/null >/dev/null 2>&1
        }
        # systemd older than 236 (CentOS 7) does not know --collect.
        if launch --collect || launch; then via=systemd; fi
    fi
    if [ -z "$via" ]; then
        setsid sh "$d/run" "$d" </dev/null >/dev/null 2>&1 &
        via=setsid
    fi
    i=0
    while [ ! -f "$d/who" ] && [ $i -lt 100 ]; do sleep 0.05; i=$((i + 1)); done
    say "via $via"
    say "$(state)"
}

attach() { # arg: offset; arg2: seconds after which to return while the job goes on
    off=${arg:-0}
    end=$(($(date +%s) + ${arg2:-60}))
    while :; do
        now=$(state) # before the size: nothing is written once the job is over
        size=0
        if [ -f "$d/log" ]; then size=$(wc -c < "$d/log"); size=$((size)); fi
        if [ "$size" -gt "$off" ]; then
            tail -c "+$((off + 1))" "$d/log" | head -c "$((size - off))" || exit 1
            off=$size
            [ "$(date +%s)" -lt "$end" ] || { say "$now"; exit 0; }
            continue
        fi
        case $now in
        running|starting) [ "$(date +%s)" -lt "$end" ] || { say "$now"; exit 0; };;
        *) say "$now"; exit 0;;
        esac
        sleep 0.2
    done
}

# dash needs the --, busybox refuses it.
kill_group() { kill -s "$1" -- "-$pid" 2>/dev/null || kill -s "$1" "-$pid" 2>/dev/null; }

cancel() { # arg: seconds between TERM and KILL
    if [ "$(state)" = running ]; then
        read -r pid time boot < "$d/who"
        kill_group TERM
        i=0
        while [ "$(state)" = running ] && [ $i -lt "$((${arg:-10} * 10))" ]; do
            sleep 0.1; i=$((i + 1))
        done
        if [ "$(state)" = running ]; then
            kill_group KILL
            i=0
            while [ "$(start_time "$pid")" = "$time" ] && [ $i -lt 50 ]; do
                sleep 0.1; i=$((i + 1))
            done
            [ -f "$d/rc" ] || { echo 137 > "$d/rc.t"; mv "$d/rc.t" "$d/rc"; }
        fi
    fi
    say "$(state)"
}

case $verb in
start) start;;
state) say "$(state)";;
attach) attach;;
cancel) cancel;;
*) say "error bad-verb"; exit 64;;
esac
