# Every file is as it shall be.
holds=yes
found=
check() { # FILE BEFORE AFTER ALSO EDIT
    now=$(sha256sum < "$1" 2>/dev/null | cut -d ' ' -f 1)
    [ "$now" = "$3" ] || [ "$now" = "$4" ] && return
    holds=no
    found="$found $1"
}
each_file check
echo "kwup: found=${found# }"
echo "kwup: holds=$holds"
