saved=$directory/saved/config.tar
id=$(docker image inspect -f '{{.Id}}' "$kept" 2>/dev/null)
if [ -n "$id" ] && [ -s "$saved" ] && tar -tf "$saved" > /dev/null; then
    echo "kwup: path=$saved"
    echo "kwup: kept_image=$kept"
    echo "kwup: kept_id=$id"
    echo "kwup: holds=yes"
else
    echo "kwup: holds=no"
    echo "kwup: found=$saved $kept"
fi
