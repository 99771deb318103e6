# Only tells what the run leaves on the host on purpose, and how it is removed later.
if [ -e "$directory/listed" ]; then echo "kwup: holds=yes"; else echo "kwup: holds=no"; fi
echo "kwup: found=$kept_image"
id=$(docker inspect --type container -f '{{.Id}}' "$kept_container" 2>/dev/null)
[ -z "$id" ] || echo "kwup: kept_container=$kept_container"
[ -z "$id" ] || echo "kwup: remove_container=docker rm $kept_container"
echo "kwup: kept_image=$kept_image"
echo "kwup: remove_image=docker rmi $kept_image"
[ -z "$files" ] || echo "kwup: kept_files=$files"
[ -z "$files" ] || echo "kwup: remove_files=rm $files"
