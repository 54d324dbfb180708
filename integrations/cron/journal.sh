#!/bin/sh
# For goroleak check --notify=...: the report to systemd's journal as one entry
# with fields: journalctl -t goroleak GOROLEAK_INSTANCE=api -o json-pretty
case $GOROLEAK_NEWS in
found | worse) level=3 ;;
resolved) level=5 ;;
*) level=4 ;;
esac

# field NAME VALUE: a line; one that VALUE begins would be another field.
field() {
    printf '%s=%s\n' "$1" "$(printf %s "$2" | tr '\n' ' ')"
}

{
    field SYSLOG_IDENTIFIER goroleak
    field PRIORITY "$level"
    field GOROLEAK_NEWS "$GOROLEAK_NEWS"
    field GOROLEAK_INSTANCE "$GOROLEAK_INSTANCE"
    field GOROLEAK_SIGNATURE "$GOROLEAK_SIGNATURE"
    field GOROLEAK_FUNCTION "$GOROLEAK_FUNCTION"
    field GOROLEAK_COUNT "$GOROLEAK_COUNT"
    sed 's/^/MESSAGE=/'
} | logger --journald
