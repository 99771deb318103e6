# Nothing is left of the export, or the directory is not this run's.
base=$extern/$directory
if [ -e "$state/directory" ] && [ -e "$base" ]; then
    echo "kwup: holds=no"
else
    echo "kwup: holds=yes"
fi
echo "kwup: found=$(ls -ld "$base" 2>&1 | head -n 1)"
