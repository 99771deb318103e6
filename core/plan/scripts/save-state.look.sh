if [ -e "$keep/complete" ]; then
    echo "kwup: holds=yes"
    echo "kwup: kept=$keep"
else
    echo "kwup: holds=no"
    echo "kwup: found=$keep"
fi
