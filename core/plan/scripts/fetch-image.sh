# Gets the new image before anything is stopped: from the uploaded archive, or from its registry.
# The old image gets a name of its own first: a load or pull may take its present name away.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
id_of() { docker image inspect -f '{{.Id}}' "$1" 2>/dev/null; }
umask 077
mkdir -p "$directory" || fail write "$directory"
docker tag "$old_id" "$kept" || fail image-missing "$old_id"
if [ -n "$archive" ]; then
    docker load -i "$archive" > "$directory/load.log" 2>&1
    rc=$?
    cat "$directory/load.log"
    [ "$rc" = 0 ] || fail load "$(tail -n 1 "$directory/load.log")"
    # One line for each name; an image without a name shows its id. Other lines say that an older
    # image has lost its name.
    names=$(sed -n 's/^Loaded image: //p; s/^Loaded image ID: //p' "$directory/load.log")
    ids=$(for name in $names; do id_of "$name"; done | sort -u)
    wanted=$(id_of "$image")
    if [ -z "$wanted" ] || ! echo "$ids" | grep -qxF -- "$wanted"; then
        [ -n "$ids" ] && [ "$(echo "$ids" | wc -l)" = 1 ] || fail image-not-loaded "$image"
        docker tag "$ids" "$image" || fail image-not-loaded "$image"
    fi
else
    docker pull "$image" > "$directory/load.log" 2>&1
    rc=$?
    cat "$directory/load.log"
    [ "$rc" = 0 ] || fail pull "$(tail -n 1 "$directory/load.log")"
fi
id=$(id_of "$image")
[ -n "$id" ] || fail image-not-loaded "$image"
[ "$id" != "$old_id" ] || fail same-image "$image"
processor=$(docker image inspect -f '{{.Architecture}}' "$image")
case $processor in amd64) processor=x86_64 ;; arm64) processor=aarch64 ;; esac
[ -z "$processor" ] || [ "$processor" = "$(uname -m)" ] || fail architecture "$processor"
echo "$id" > "$directory/image" || fail write "$directory/image"
[ -z "$archive" ] || rm -f "$archive"
