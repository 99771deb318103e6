# What was written down is how the server runs now, or it does not run any more.
sum() { sha256sum 2> /dev/null < "$1"; }
s=$directory/process
pid=$(kwbase_pid)
if [ -s "$s/argv" ] && { [ -z "$pid" ] || [ "$(sum "/proc/$pid/cmdline")" = "$(sum "$s/argv.raw")" ]; }; then
    echo "kwup: holds=yes"
    echo "kwup: command=$(tr '\0\n' '  ' < "$s/argv")"
    echo "kwup: cwd=$(cat "$s/cwd")"
    echo "kwup: exe=$(cat "$s/exe")"
    echo "kwup: uid=$(cat "$s/uid")"
    echo "kwup: unit=$(cat "$s/unit")"
    echo "kwup: variables=$(sed -z 's/=.*//' "$s/environ" | tr '\0\n' '  ')"
else
    echo "kwup: holds=no"
    echo "kwup: found=${pid:-no process}"
fi
