# Packages, binary and version file are of the wanted version and complete.
states=$(dpkg-query -W -f '${Package} ${Version} ${db:Status-Status}\n' 'kaiwudb-*' 'kwdb-*' \
    2>/dev/null | grep -v ' not-installed$'
    rpm -qa --qf '%{NAME} %{VERSION} installed\n' 'kaiwudb-*' 'kwdb-*' 2>/dev/null)
wrong=$(printf '%s\n' "$states" |
    awk -v v="$version" 'NF && (index($2, v) != 1 || $3 != "installed") { print $0 }' | head -n 1)
binary=$(cd /usr/local/kaiwudb/bin 2>/dev/null && timeout -k 2 10 ./kwbase version 2>/dev/null |
    sed -n 's/^KaiwuDB Version: *[Vv]*//p' | head -n 1)
case $binary in "$version" | "$version"-*) ;; *) wrong="kwbase ${binary:-missing}" ;; esac
[ -n "$states" ] || wrong="no packages"
file=$(head -n 1 /etc/kaiwudb/info/.version 2>/dev/null | tr -d '\r')
[ "$file" = "$version" ] || wrong=".version ${file:-missing}"
if [ -z "$wrong" ]; then
    echo "kwup: holds=yes"
    echo "kwup: version=$binary"
else
    echo "kwup: holds=no"
    echo "kwup: found=$wrong"
fi
