# The data root is empty, and what was in it has its other name.
data=$(readlink -m "$data_root")
inside=$data/.kwup-aside-$run
aside=$data.kwup-$run
left=$(find "$data" -mindepth 1 -maxdepth 1 ! -path "$inside" ! -name lost+found 2>/dev/null |
    head -n 1)
if [ -d "$inside" ]; then kept=$inside; else kept=$aside; fi
if [ -d "$kept" ] && [ -d "$data" ] && [ -z "$left" ]; then
    echo "kwup: holds=yes"
    echo "kwup: kept=$kept"
else
    echo "kwup: holds=no"
    echo "kwup: found=${left:-$kept}"
fi
