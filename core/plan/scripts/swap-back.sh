# The kept program back in its place. What the new one had put there goes.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
[ -z "$(kwbase_pid)" ] || fail running "$(kwbase_pid)"
program_places || fail missing "$directory/process/exe"
[ -d "$old" ] || exit 0 # nothing was swapped
rm -f "$old/complete"
put_back() { # KEPT TARGET
    for kept in "$1"/* "$1"/.[!.]*; do
        [ -e "$kept" ] || [ -L "$kept" ] || continue
        name=${kept##*/}
        rm -rf "${2:?}/$name"
        mv -T "$kept" "$2/$name" || fail move "$2/$name"
    done
}
put_back "$old/bin" "$bin"
put_back "$old/lib" "$lib"
if [ -e "$old/added" ]; then
    while read -r added; do rm -rf "$added"; done < "$old/added"
    rm -f "$old/added"
fi
rm -rf "$bin/.kwup-new" "$lib/.kwup-new"
rmdir "$old/bin" "$old/lib" "$old" || fail in-the-way "$old"
sync
