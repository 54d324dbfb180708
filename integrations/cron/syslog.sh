#!/bin/sh
# For goroleak check --notify=...: the report to syslog, an entry a line, by how
# bad the news is.
case $GOROLEAK_NEWS in
found | worse) level=err ;;
resolved) level=notice ;;
*) level=warning ;;
esac
exec logger -t goroleak -p "daemon.$level"
