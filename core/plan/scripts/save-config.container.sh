# For the way back, before the first node is stopped: a copy of /etc/kaiwudb (with the compose file)
# and of the unit, a second name for the present image, and the new image loaded. The vendor's script removes the image by
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
# A full disk is found out now and not while the node is down; and the script's own load then prints
# one line, the only output it understands (two lines when another image has the new name). A new
# image with the name of the present one has to wait: the next start would take it.
archive=$package/packages/KaiwuDB.tar
names=$(tar -xOf "$archive" manifest.json 2>/dev/null | tr -d '" \n' |
    sed -n 's/.*RepoTags:\[\([^]]*\)\].*/\1/p')
case ,$names, in
    ,, | *,"$image",*) ;;
    *)
        docker load -i "$archive" > "$directory/load.log" 2>&1 ||
            fail load "$(tail -n 1 "$directory/load.log")"
        cat "$directory/load.log"
        ;;
esac
part=$directory/saved/config.tar.part
set -- /etc/kaiwudb
[ ! -e /etc/systemd/system/kaiwudb.service ] || set -- "$@" /etc/systemd/system/kaiwudb.service
tar --numeric-owner --xattrs -cpf "$part" "$@" || fail copy "$*"
sync "$part" 2>/dev/null || sync
mv -f "$part" "$directory/saved/config.tar" || fail copy "$directory/saved/config.tar"
