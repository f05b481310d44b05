# shellcheck shell=sh
# What bin/frg and lib/frg-platform share on their slow paths. Sourced by them, never run.

# java_release HOME: sets java_version and java_major from HOME/release, without starting a JVM.
java_release() {
    java_version='' java_major=0
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    while IFS= read -r line; do
        case $line in
        JAVA_VERSION=*) java_version=${line#JAVA_VERSION=} java_version=${java_version#\"} java_version=${java_version%\"} ;;
        esac
    done <"$1/release"
    java_major=${java_version%%[!0-9]*}
    [ "${java_major:-0}" -ge 17 ]
}

# find_java: sets java_home, java_version and java_major to a JDK 17 or newer; 1 if there is none.
# Order: FROGGR_JAVA_HOME (and then no other), JAVA_HOME, java on PATH, the newest in /usr/lib/jvm.
find_java() {
    if [ -n "${FROGGR_JAVA_HOME:-}" ]; then
        java_home=$FROGGR_JAVA_HOME
        java_release "$java_home"
        return
    fi
    on_path=$(readlink -f "$(command -v java)") 2>/dev/null || on_path=''
    for java_home in "${JAVA_HOME:-}" "${on_path%/bin/java}"; do
        [ -n "$java_home" ] && java_release "$java_home" && return
    done
    newest='' newest_major=0
    set +f
    for java_home in /usr/lib/jvm/*; do
        java_release "$java_home" && [ "$java_major" -gt "$newest_major" ] && newest=$java_home newest_major=$java_major
    done
    set -f
    java_home=$newest
    [ -n "$newest" ] && java_release "$newest"
}

# no_java VERB: says that there is no JDK and what to do.
no_java() {
    if [ -n "${FROGGR_JAVA_HOME:-}" ]; then
        printf 'frg: %s: UNAVAILABLE: FROGGR_JAVA_HOME=%s is no JDK 17 or newer; try: unset FROGGR_JAVA_HOME\n' \
            "$1" "$FROGGR_JAVA_HOME"
    else
        printf 'frg: %s: UNAVAILABLE: no JDK 17 or newer in JAVA_HOME, on PATH or in /usr/lib/jvm; try: %s\n' \
            "$1" 'apt-get install openjdk-17-jre-headless'
    fi >&2
}
