# The way back: gives the old image its name again and starts the service from the files, which are
# the old ones again.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
docker tag "$kept" "$image" || fail image-missing "$kept"
if [ -n "$(docker inspect --type container -f '{{.Id}}' "$name" 2>/dev/null)" ]; then
    docker stop -t "$seconds" "$name" || fail docker "docker stop"
fi
start_it || fail docker "$command"
