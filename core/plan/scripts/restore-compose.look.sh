# The service runs with the old image.
of=$(docker inspect --type container -f '{{.Image}}' "$name" 2>/dev/null)
runs=$(docker inspect --type container -f '{{.State.Running}}' "$name" 2>/dev/null)
version=$(timeout -k 2 20 docker exec "$name" "$binary" version 2>/dev/null </dev/null | head -n 1)
echo "kwup: found=$name ${version:-?}"
if [ "$of" = "$old_id" ] && [ "$runs" = true ] && [ -n "$version" ]; then
    echo "kwup: holds=yes"
else
    echo "kwup: holds=no"
fi
