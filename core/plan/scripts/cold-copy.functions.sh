# How a cold copy is written: as .part, read back, then renamed.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
pack() { # FILE... : into $part; entries
    tar --numeric-owner --xattrs -S --one-file-system -cpf "$part" "$@" || fail tar "$?"
    expected=$(find "$@" -xdev ! -type s -printf 'x\n' | wc -l)
    entries=$(tar -tf "$part" | wc -l) || fail tar "list"
    [ "$entries" -eq "$expected" ] || fail entries "$entries instead of $expected"
}
finish_copy() { # FILE... of the target that belong to the copy
    sync "$part" 2>/dev/null || sync
    sum=$(sha256sum < "$part") || fail read "$part"
    sum=${sum%% *}
    mv -f "$part" "$target/kaiwudb.tar" || fail move "$part"
    (cd "$target" && sha256sum "$@" && echo "$sum  kaiwudb.tar") > "$target/SHA256SUMS"
    (cd "$target" && sha256sum -c SHA256SUMS) || fail checksum "$target/kaiwudb.tar"
    sync "$target/SHA256SUMS" 2>/dev/null || sync
    echo "kwup: path=$target/kaiwudb.tar"
    echo "kwup: bytes=$(wc -c < "$target/kaiwudb.tar")"
    echo "kwup: entries=$entries"
    echo "kwup: sha256=$sum"
    echo "kwup: duration_ms=$(($(date +%s%3N) - begun))"
}
