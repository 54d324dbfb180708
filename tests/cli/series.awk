# Findings of `goroleak trend --all --format=json`, one a line: prints where
# each blocks (first frame outside the standard library, else the first) and
# its verdict, one TAB between.  Goroutines on their way somewhere are left out.
BEGIN {
    n = split("archive bufio bytes cmp compress container context crypto " \
              "database debug embed encoding errors expvar flag fmt go hash " \
              "html image index internal io iter log maps math mime net os " \
              "path plugin reflect regexp runtime slices sort strconv strings " \
              "structs sync syscall testing text time unicode unique unsafe " \
              "vendor weak", names, " ")
    for (i = 1; i <= n; i++)
        library[names[i]] = 1
}

function root(name) {
    sub(/\(.*/, "", name)
    if (index(name, "/"))
        sub(/\/.*/, "", name)
    else
        sub(/\..*/, "", name)
    return name
}

/"verdict":/ {
    if (/"state":"runn(able|ing)"/)
        next
    verdict = $0
    sub(/.*"verdict":"/, "", verdict)
    sub(/".*/, "", verdict)
    frames = $0
    sub(/.*"frames":\[/, "", frames)
    sub(/\],"created_by".*/, "", frames)
    at = ""
    while (match(frames, /"function":"[^"]*"/)) {
        name = substr(frames, RSTART + 12, RLENGTH - 13)
        frames = substr(frames, RSTART + RLENGTH)
        if (at == "")
            at = name
        if (!(root(name) in library)) {
            at = name
            break
        }
    }
    print at "\t" verdict
}
