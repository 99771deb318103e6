# Puts the new program in the place of the old one, file by file; what it replaces is kept beside it.
# Directories are not renamed as a whole: the data may lie in them.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
[ -z "$(kwbase_pid)" ] || fail running "$(kwbase_pid)"
program_places || fail missing "$directory/process/exe"
data=$(readlink -f "$data_root" 2> /dev/null)
need=$(du -sk "$directory/new" | awk '{ print $1 }')
free=$(df -Pk "$home" | awk 'NR == 2 { print $4 }')
[ "$free" -gt $((need + 16384)) ] || fail space "$home"
mkdir -p "$old/bin" "$old/lib" "$lib" || fail directory "$old"
touch "$old/added" || fail directory "$old"
swap_all() { # NEW TARGET KEPT
    for new in "$1"/* "$1"/.[!.]*; do
        [ -e "$new" ] || [ -L "$new" ] || continue
        name=${new##*/}
        case $data/ in "$2/$name"/*) fail data-inside "$2/$name" ;; esac
        if [ ! -e "$3/$name" ] && [ ! -L "$3/$name" ] && ! grep -qxF "$2/$name" "$old/added"; then
            if [ -e "$2/$name" ] || [ -L "$2/$name" ]; then
                mv -T "$2/$name" "$3/$name" || fail move "$2/$name"
            else
                echo "$2/$name" >> "$old/added"
            fi
        fi
        rm -rf "$2/.kwup-new"
        cp -a "$new" "$2/.kwup-new" || fail directory "$2"
        chown -R --reference="$old/bin" "$2/.kwup-new" 2> /dev/null || :
        rm -rf "${2:?}/$name"
        mv -T "$2/.kwup-new" "$2/$name" || fail move "$2/$name"
    done
}
chown --reference="$bin" "$old/bin" "$old/lib"
swap_all "$directory/new/bin" "$bin" "$old/bin"
[ ! -d "$directory/new/lib" ] || swap_all "$directory/new/lib" "$lib" "$old/lib"
touch "$old/complete"
sync
