# Changes single values in the compose files. Each file is compared before and after by its SHA-256;
# a copy of it stays beside it.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
sum_of() { sha256sum < "$1" | cut -d ' ' -f 1; }
# put OFFSET LENGTH TEXT: replaces bytes of $work.
put() {
    { head -c "$1" "$work" && printf %s "$3" && tail -c +$(($1 + $2 + 1)) "$work"; } > "$work.2" &&
        cat "$work.2" > "$work" && rm -f "$work.2"
}
check() { # FILE BEFORE AFTER ALSO EDIT
    [ -f "$1" ] || fail missing "$1"
    case $(sum_of "$1") in "$2" | "$3" | "$4") ;; *) fail changed "$1" ;; esac
}
change() { # FILE BEFORE AFTER ALSO EDIT
    [ "$(sum_of "$1")" = "$2" ] || return 0
    real=$(readlink -f "$1")
    [ -e "$1.kwup-$run" ] || cp -p "$real" "$1.kwup-$run" || fail write "$1.kwup-$run"
    work=$real.kwup-new
    cp -p "$real" "$work" || fail write "$work"
    "$5" || fail write "$work"
    if [ "$(sum_of "$work")" != "$3" ]; then
        rm -f "$work"
        fail changed "$1"
    fi
    sync "$work" 2>/dev/null || sync
    mv -f "$work" "$real" || fail write "$1"
}
each_file check
each_file change
