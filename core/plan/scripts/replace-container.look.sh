# The container under the name is a new one, of the new image; the old one is kept.
id=$(docker inspect --type container -f '{{.Id}}' "$name" 2>/dev/null)
of=$(docker inspect --type container -f '{{.Image}}' "$name" 2>/dev/null)
wanted=$(docker image inspect -f '{{.Id}}' "$image" 2>/dev/null)
old=$(docker inspect --type container -f '{{.Id}}' "$kept" 2>/dev/null)
echo "kwup: found=$name ${of:-?}"
if [ -n "$id" ] && [ "$id" != "$old_id" ] && [ "$of" = "$wanted" ] && [ "$old" = "$old_id" ]; then
    echo "kwup: holds=yes"
    echo "kwup: kept_container=$kept"
else
    echo "kwup: holds=no"
fi
