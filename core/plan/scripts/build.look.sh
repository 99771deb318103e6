# The new program runs and tells the new version.
found=$(cd "$directory/new/bin" 2> /dev/null && LD_LIBRARY_PATH=$directory/new/lib \
    timeout -k 2 20 ./kwbase version 2>&1 | sed -n 's/^KaiwuDB Version: *[Vv]*//p' | head -n 1)
case $found in
"$version" | "$version"[-.a-z]*)
    echo "kwup: holds=yes"
    echo "kwup: version=$found"
    ;;
*)
    echo "kwup: holds=no"
    echo "kwup: found=${found:-no version}"
    ;;
esac
