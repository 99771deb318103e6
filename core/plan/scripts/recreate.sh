# Runs the statements one by one on the new cluster. One that exists there already is in order; one
# that fails is counted and told, and the others go on: it is left to be done by hand.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
umask 077
mkdir -p "$state" || fail directory "$state"
made=0
there=0
left=0
: > "$state/$label.left"
# item KIND NAME FIRST STATEMENT: FIRST is run in the same session before.
item() {
    if kw2 "$3" "$4" > "$state/out" 2> "$state/err"; then
        made=$((made + 1))
        return
    fi
    why=$(grep -m 1 ERROR "$state/err" | tr -d '\r')
    case $why in
    *"already exists"* | *"duplicate constraint name"*)
        there=$((there + 1))
        return
        ;;
    *"cannot dial server"* | *"connection refused"* | '')
        cat "$state/err"
        fail asked "$why"
        ;;
    esac
    left=$((left + 1))
    echo "kwup: left_$left=$1 $2: $why" | tee -a "$state/$label.left"
    echo "$4"
}
items
{
    echo "kwup: made=$made"
    echo "kwup: there=$there"
    echo "kwup: left=$left"
    cat "$state/$label.left"
} > "$state/$label.recreated"
sync "$state/$label.recreated" 2>/dev/null || sync
cat "$state/$label.recreated"
