# After a start with --upgrade-complete the mark goes within seconds; without it, it never does.
begun=$(now)
found=
while :; do
    holds=no
    if [ -z "$(identity)" ]; then
        found="kaiwudb $(show ActiveState)"
        break
    fi
    case $(mark) in
    false)
        if has_flag; then found="--upgrade-complete in $argument_file"; else holds=yes; fi
        break
        ;;
    true)
        found="node $node_id is marked as upgrading"
        flag_runs || break
        ;;
    *) found="node $node_id does not answer" ;;
    esac
    [ $(($(now) - begun)) -lt "$wait_ms" ] || break
    sleep 0.5
done
echo "kwup: holds=$holds"
[ "$holds" = yes ] || echo "kwup: found=$found"
