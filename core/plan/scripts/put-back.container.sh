# Puts the old image back under the name that the old compose file uses, and /etc/kaiwudb and the
# unit as they were. The data has not been opened by the new version, so it needs nothing.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
pid=$(systemctl show kaiwudb -p MainPID 2>/dev/null | sed -n 's/^MainPID=//p')
[ "${pid:-0}" = 0 ] || fail running "MainPID=$pid"
up=$(docker ps --filter "name=$container" --format '{{.Names}} {{.Status}}')
[ -z "$up" ] || fail running "$up"
saved=$directory/saved/config.tar
tar -tf "$saved" > /dev/null || fail missing "$saved"
docker image inspect "$kept" > /dev/null || fail missing "$kept"
tar --numeric-owner --xattrs -xpPf "$saved" -C / || fail copy "$saved"
image=$(sed -n 's/^ *image: *//p' /etc/kaiwudb/script/docker-compose.yml | head -n 1 |
    tr -d "\"' \r")
docker tag "$kept" "$image" || fail copy "$image"
systemctl daemon-reload
echo "kwup: config=$saved"
