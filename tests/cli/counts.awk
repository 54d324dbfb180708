# The dumps of a scan, from its JSON (one line, keys in the order of schema 1).
# Prints: dumps, goroutines, dumps truncated, goroutines damaged, form of the
# first dump (- if none).
BEGIN { RS = "," }
/"clusters":\[/ { exit }
/"goroutines":[0-9]/ { dumps++; goroutines += value() }
/"form":"/ && form == "" {
    form = $0
    sub(/.*":"/, "", form)
    sub(/".*/, "", form)
}
/"truncated":true/ { truncated++ }
/"damaged":[0-9]/ { damaged += value() }
END {
    print dumps + 0, goroutines + 0, truncated + 0, damaged + 0,
        form == "" ? "-" : form
}

function value(    s)
{
    s = $0
    sub(/.*:/, "", s)
    return s + 0
}
