# The clusters of a scan that are not the runtime's own, from its JSON.
# Prints a line "signature count" for each.  With scope=parked, only those
# whose goroutines are blocked.
#
# The runtime's own: created by a function of package runtime, or no creator
# and nothing but such functions on the stack (goroutine 0 of each thread).
BEGIN { RS = "," }
/"signature":"[0-9a-f]+"/ { flush(); signature = text(); foreign = frames = 0 }
signature == "" { next }
/^"count":[0-9]/ { count = $0; sub(/.*:/, "", count) }
/^"state":"/ { state = text() }
/^"created_by":null/ { own = frames > 0 && !foreign; closed = 1 }
/^"created_by":\{"function":"/ { own = creator_is_runtime(); closed = 1 }
!closed && /\{"function":"/ { frames++; if (!/\{"function":"runtime\./) foreign++ }
END { flush() }

function text(    s)
{
    s = $0
    sub(/.*":"/, "", s)
    sub(/".*/, "", s)
    return s
}

function creator_is_runtime()
{
    return $0 ~ /^"created_by":\{"function":"runtime\./
}

function active()
{
    return state ~ /^(running|runnable|preempted|waiting|copystack|idle|active)$/
}

function flush()
{
    if (signature != "" && !own && !(scope == "parked" && active()))
        print signature, count
    signature = state = ""
    own = closed = count = 0
}
