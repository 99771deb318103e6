# Moves the uploaded archive to the staging directory, compares its SHA-256, unpacks it and checks
# what deploy.sh needs. Nothing of the installation is touched.
take archive.tar.gz
unpack
top=$directory/package.new/$folder
[ -s "$top/packages/.version" ] || fail missing "packages/.version"
[ -f "$top/deploy.sh" ] || fail missing "deploy.sh"
found=$(sha256sum < "$top/deploy.sh")
[ "${found%% *}" = "$script_sha256" ] || fail checksum "deploy.sh"
chmod 755 "$top/deploy.sh"
keep_unpacked
staged
echo "kwup: version=$(head -n 1 "$directory/package/$folder/packages/.version" | tr -d '\r')"
echo "kwup: free_kb=$(df -Pk "$directory" | awk 'NR == 2 { print $4 }')"
