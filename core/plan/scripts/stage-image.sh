# Moves the uploaded archive of the image to the staging directory and compares its SHA-256.
take image.tar
staged
echo "kwup: version=$version"
echo "kwup: free_kb=$(df -Pk "$directory" | awk 'NR == 2 { print $4 }')"
