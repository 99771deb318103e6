# The image of this run is there under its name.
id=$(docker image inspect -f '{{.Id}}' "$image" 2>/dev/null)
echo "kwup: found=$image ${id:-?}"
if [ -n "$id" ] && [ "$id" = "$(cat "$directory/image" 2>/dev/null)" ]; then
    echo "kwup: holds=yes"
    echo "kwup: image_id=$id"
    echo "kwup: kept_image=$kept"
else
    echo "kwup: holds=no"
fi
