# Copy of what an upgrade changes besides packages, for the way back: /etc/kaiwudb (MODE, .version,
# certificates, start arguments) and the unit. Made before the first node is stopped.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
umask 077
mkdir -p "$directory/saved" || fail permission "$directory/saved"
part=$directory/saved/config.tar.part
set -- /etc/kaiwudb
[ ! -e /etc/systemd/system/kaiwudb.service ] || set -- "$@" /etc/systemd/system/kaiwudb.service
tar --numeric-owner --xattrs -cpf "$part" "$@" || fail copy "$*"
sync "$part" 2>/dev/null || sync
mv -f "$part" "$directory/saved/config.tar" || fail copy "$directory/saved/config.tar"
