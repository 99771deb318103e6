# Starts the server with the command line, directory, environment, user and limits it had, detached,
# or by the unit that had started it, and watches it. The environment goes through a file descriptor:
# it may hold secrets, and arguments can be seen by everybody.
fail() { echo "kwup: error=start"; echo "$1"; tail -n 40 "$err" 2> /dev/null; exit 1; }
now() { date +%s%3N; }
limit() { # NAME-IN-LIMITS OPTION
    values=$(sed -n "s/^$1  *\([0-9a-z]*\)  *\([0-9a-z]*\) .*/\1:\2/p" "$s/limits")
    [ -z "$values" ] || prlimit --pid $$ "--$2=$values" 2> /dev/null ||
        echo "The limit \"$1\" cannot be set to $values"
}
launch() {
    cd "$(cat "$s/cwd")" || fail "There is no directory $(cat "$s/cwd")"
    if command -v prlimit > /dev/null 2>&1; then
        limit 'Max open files' nofile
        limit 'Max locked memory' memlock
        limit 'Max processes' nproc
        limit 'Max core file size' core
        limit 'Max stack size' stack
        limit 'Max data size' data
        limit 'Max address space' as
        limit 'Max file size' fsize
    fi
    bash=$(command -v bash) || fail "bash is not installed"
    set -- "$bash" --noprofile --norc -c "$inner" kwbase-start "$(cat "$s/exe")" \
        "$(command -v env)"
    set -- env -i "$@"
    uid=$(cat "$s/uid")
    gid=$(cat "$s/gid")
    groups=$(cat "$s/groups")
    if [ "$uid" = 0 ]; then
        :
    elif command -v setpriv > /dev/null 2>&1; then
        set -- setpriv "--reuid=$uid" "--regid=$gid" \
            "$([ -n "$groups" ] && echo "--groups=$groups" || echo --clear-groups)" "$@"
    else
        set -- runuser -u "$(id -un "$uid")" -- "$@"
    fi
    umask "$(cat "$s/umask" 2> /dev/null || echo 022)"
    setsid "$@" < /dev/null >> "$out" 2>> "$err" 3< "$s/environ" 4< "$s/argv" &
    launched=$!
}
# What bash sets for itself goes unless the server had it; names that a shell cannot set are left out.
inner='
kwup_exe=$1
kwup_given=" "
while IFS= read -r -d "" kwup_word <&3; do
    kwup_name=${kwup_word%%=*}
    case $kwup_name in
    "" | [0-9]* | *[!A-Za-z0-9_]* | BASHOPTS | BASH_VERSINFO | EUID | PPID | SHELLOPTS | UID | _) continue ;;
    esac
    export "$kwup_word"
    kwup_given="$kwup_given$kwup_name "
done
kwup_words=()
while IFS= read -r -d "" kwup_word <&4 || [ -n "$kwup_word" ]; do kwup_words+=("$kwup_word"); done
for ((kwup_fd = 3; kwup_fd < 20; kwup_fd++)); do eval "exec $kwup_fd<&-"; done
case ${kwup_words[0]} in */*) ;; *) kwup_words[0]=$kwup_exe ;; esac
for kwup_name in PWD OLDPWD; do
    case $kwup_given in *" $kwup_name "*) ;; *) export -n "$kwup_name" ;; esac
done
case $kwup_given in *" SHLVL "*) set -- ;; *) set -- "$2" -u SHLVL ;; esac
exec "$@" "${kwup_words[@]}"
'
s=$directory/process
out=$(cat "$s/fd1" 2> /dev/null)
err=$(cat "$s/fd2" 2> /dev/null)
[ -s "$s/argv" ] || fail "$s/argv is missing"
rm -f "$s/killed"
unit=$(cat "$s/unit")
launched=
echo "kwup: started_at=$(date +%s)"
begun=$(now)
if [ -n "$(kwbase_pid)" ]; then
    echo "It runs already"
elif [ -n "$unit" ]; then
    systemctl daemon-reload
    systemctl start "$unit" || fail "systemctl start $unit"
else
    launch
fi
pid=$(kwbase_pid)
while [ -z "$pid" ] && [ $(($(now) - begun)) -lt 15000 ]; do
    # A command that puts itself into the background ends at once; its server appears a little later.
    if [ -n "$launched" ] && ! alive "$launched"; then
        sleep 1
        pid=$(kwbase_pid)
        break
    fi
    sleep 0.2
    pid=$(kwbase_pid)
done
[ -n "$pid" ] || fail "No process of kwbase appears"
begun=$(now)
while [ $(($(now) - begun)) -lt "$active_ms" ]; do
    if [ "$(kwbase_pid)" != "$pid" ]; then
        echo "kwup: died_after_ms=$(($(now) - begun))"
        echo "kwup: error=died"
        [ -z "$unit" ] || journalctl -u "$unit" --no-pager -n 40 -o short 2> /dev/null
        tail -n 40 "$err" 2> /dev/null
        exit 1
    fi
    sleep 0.5
done
echo "kwup: active_ms=$(($(now) - begun))"
echo "kwup: main_pid=$pid"
