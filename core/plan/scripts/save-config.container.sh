# For the way back, before the first node is stopped: a copy of /etc/kaiwudb (with the compose file)
# and of the unit, and a second name for the present image. The vendor's script removes the image by
# its first name; the second one keeps it.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
umask 077
docker info > /dev/null 2>&1 || fail permission docker
command -v docker-compose > /dev/null 2>&1 || fail missing docker-compose
compose=/etc/kaiwudb/script/docker-compose.yml
image=$(sed -n 's/^ *image: *//p' "$compose" | head -n 1 | tr -d "\"' \r")
[ -n "$image" ] || fail missing "image: in $compose"
docker image inspect "$image" > /dev/null || fail missing "$image"
# The script ends the old container with "down": what is not on a mount would go with it.
if docker inspect "$container" > /dev/null 2>&1; then
    docker inspect -f '{{range .Mounts}}{{.Source}} {{end}}' "$container" | tr ' ' '\n' |
        grep -qxF "$data_root" || fail not-on-mount "$container"
fi
mkdir -p "$directory/saved" || fail permission "$directory/saved"
docker tag "$image" "$kept" || fail copy "$kept"
part=$directory/saved/config.tar.part
set -- /etc/kaiwudb
[ ! -e /etc/systemd/system/kaiwudb.service ] || set -- "$@" /etc/systemd/system/kaiwudb.service
tar --numeric-owner --xattrs -cpf "$part" "$@" || fail copy "$*"
sync "$part" 2>/dev/null || sync
mv -f "$part" "$directory/saved/config.tar" || fail copy "$directory/saved/config.tar"
