# Moves the uploaded archive to the staging directory, compares its SHA-256 and unpacks it.
take archive.tar.gz
umask 022
unpack
[ -d "$directory/package.new/$folder" ] || fail missing "$folder"
keep_unpacked
staged
sync # the unpacked files as well
echo "kwup: free_kb=$(df -Pk "$directory" | awk 'NR == 2 { print $4 }')"
