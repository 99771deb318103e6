# The program tells the old version again.
exe=$(cat "$directory/process/exe" 2> /dev/null)
home=$(dirname "$(dirname "$exe")")
found=$(cd "$(dirname "$exe")" 2> /dev/null && LD_LIBRARY_PATH=$home/lib:${exe%/*} \
    timeout -k 2 20 "$exe" version 2>&1 | sed -n 's/^KaiwuDB Version: *[Vv]*//p' | head -n 1)
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
