# All statements were run when their record is there.
if [ -s "$state/$label.recreated" ]; then
    cat "$state/$label.recreated"
    echo "kwup: holds=yes"
else
    echo "kwup: holds=no"
fi
echo "kwup: found=$(ls "$state/$label.recreated" 2>&1 | head -n 1)"
