saved=$directory/saved/config.tar
if [ -s "$saved" ] && entries=$(tar -tf "$saved" | wc -l) && [ "$entries" -gt 1 ]; then
    echo "kwup: path=$saved"
    echo "kwup: entries=$entries"
    echo "kwup: holds=yes"
else
    echo "kwup: holds=no"
    echo "kwup: found=$saved"
fi
