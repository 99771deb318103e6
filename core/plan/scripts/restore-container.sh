# The way back: stops what runs now, gives the old container its name and restart policy back and
# starts it. The new container is kept under another name.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
id_of() { docker inspect --type container -f '{{.Id}}' "$1" 2>/dev/null; }
[ -n "$(id_of "$old_id")" ] || fail missing "$name"
there=$(id_of "$name")
if [ -n "$there" ] && [ "$there" != "$old_id" ]; then
    grep -qxF -- "$there" "$directory/made" 2>/dev/null || fail name-clash "$name"
    docker update --restart=no "$there" > /dev/null
    docker stop -t "$seconds" "$there" || fail docker "docker stop"
    docker rename "$there" "$failed" || fail docker "docker rename"
fi
if [ "$(id_of "$name")" != "$old_id" ]; then
    docker rename "$old_id" "$name" || fail docker "docker rename"
fi
docker update --restart="$restart" "$old_id" > /dev/null || fail docker "docker update"
docker start "$name" || fail docker "docker start"
