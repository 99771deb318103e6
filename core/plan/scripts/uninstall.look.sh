left=$({ dpkg-query -W -f '${Package} ${db:Status-Status}\n' 'kaiwudb-*' 'kwdb-*' 2>/dev/null |
    awk '$2 != "not-installed" && $2 != "config-files" { print $1 }'
    rpm -qa --qf '%{NAME}\n' 'kaiwudb-*' 'kwdb-*' 2>/dev/null; } | tr '\n' ' ')
[ ! -e /etc/systemd/system/kaiwudb.service ] || left="$left kaiwudb.service"
if [ -z "$left" ]; then
    echo "kwup: holds=yes"
else
    echo "kwup: holds=no"
    echo "kwup: found=$left"
fi
