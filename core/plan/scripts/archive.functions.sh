# How an uploaded archive gets to the staging directory.
fail() { echo "kwup: error=$1"; echo "kwup: detail=$2"; exit 1; }
take() { # NAME : the archive there; its SHA-256 is compared
    umask 077
    mkdir -p "$directory" || fail directory "$directory"
    archive=$directory/$1
    if [ -f "$upload/$file" ]; then
        mv -f "$upload/$file" "$archive" || fail move "$upload/$file"
        chown 0:0 "$archive" 2>/dev/null || :
    fi
    found=$(sha256sum < "$archive") || fail read "$archive"
    found=${found%% *}
    if [ "$found" != "$sha256" ]; then
        rm -f "$archive"
        fail checksum "$found"
    fi
}
unpack() { # to package.new
    rm -rf "$directory/package.new"
    mkdir "$directory/package.new" || fail directory "$directory/package.new"
    tar -xzf "$archive" -C "$directory/package.new" --no-same-owner || fail unpack "$archive"
}
keep_unpacked() { # package.new is what was wanted
    rm -rf "$directory/package"
    mv "$directory/package.new" "$directory/package" || fail move "$directory/package"
    rm -f "$archive"
}
staged() { # last of all: the record that staging is complete
    rmdir "$upload" 2>/dev/null || :
    echo "$sha256" > "$directory/staged" || fail write "$directory/staged"
    sync "$directory/staged" 2>/dev/null || sync
}
