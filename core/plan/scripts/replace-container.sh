# Renames the stopped container and makes a new one from the new image with the same settings. The
# old one stays as it is; it is only kept from being started by the engine.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
id_of() { docker inspect --type container -f '{{.Id}}' "$1" 2>/dev/null; }
umask 077
[ "$(docker inspect --type container -f '{{.State.Pid}}' "$old_id")" = 0 ] || fail running "$name"
if [ "$(id_of "$kept")" != "$old_id" ]; then
    [ "$(id_of "$name")" = "$old_id" ] || fail name-clash "$name"
    [ -z "$(id_of "$kept")" ] || fail name-clash "$kept"
    docker update --restart=no "$old_id" > /dev/null || fail docker "docker update"
    docker rename "$old_id" "$kept" || fail docker "docker rename"
fi
there=$(id_of "$name")
if [ -n "$there" ]; then
    # Only what an earlier attempt of this run has made.
    grep -qxF -- "$there" "$directory/made" 2>/dev/null || fail name-clash "$name"
    docker stop -t 60 "$there" > /dev/null 2>&1
    docker rm "$there" || fail docker "docker rm"
fi
for variable in $secret_names; do
    value=$(docker inspect --type container -f '{{range .Config.Env}}{{println .}}{{end}}' "$old_id" |
        sed -n "s/^$variable=//p" | head -n 1)
    export "$variable=$value"
done
new=$(create_it) || fail docker "docker create"
echo "$new" >> "$directory/made"
sync "$directory/made" 2>/dev/null || sync
connect_it || fail docker "docker network connect"
echo "kwup: container_id=$new"
