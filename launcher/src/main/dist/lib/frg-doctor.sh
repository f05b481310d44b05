# shellcheck shell=sh
# What `frg doctor` does without a platform. Sourced by lib/frg-client.sh, never run. Names begin with frg_.
# shellcheck disable=SC2154 # bin/frg and lib/frg-client.sh set them

frg_doctor_seconds=${FROGGR_DOCTOR_SECONDS:-60} # for a platform to be started and to examine
frg_findings='' frg_open=0

# frg_examine ARGUMENT...: the platform's doctor, or, where none answers, what can be said without it; exits.
frg_examine() {
    frg_fix='' frg_dry='' frg_mended=''
    for frg_text in "$@"; do
        case $frg_text in
        --fix) frg_fix=yes ;;
        -n | --dry-run) frg_dry=yes ;;
        esac
    done
    [ -z "$frg_dry" ] || frg_fix=''
    frg_ask "$@"
    frg_look
    if [ -n "$frg_mended" ]; then
        [ -n "$frg_json" ] || frg_show # one document is enough
        frg_findings='' frg_open=0
        frg_ask "$@"
        frg_look
    fi
    frg_show
    exit 69
}

# frg_ask ARGUMENT...: exits, unless there is no platform that answers.
frg_ask() {
    frg_status=0
    # In the foreground it ends with an interrupt, as it should; busybox has no such option.
    set -- sh "$frg_lib/../bin/frg" "$@"
    if timeout --foreground 1 true 2>/dev/null; then
        set -- timeout --foreground "$frg_doctor_seconds" "$@"
    elif command -v timeout >/dev/null; then
        set -- timeout "$frg_doctor_seconds" "$@"
    fi
    FROGGR_DOCTOR=asked "$@" || frg_status=$?
    case $frg_status in
    69 | 75 | 77 | 124 | 143) ;;
    *) exit "$frg_status" ;;
    esac
}

# ---- findings ----

# frg_finding CHECK CODE WHAT OBJECT WHY ADVICE [MENDING]: MENDING is a function, ADVICE is then what it does.
frg_finding() {
    frg_kind=try frg_done=false
    if [ -n "${7-}" ]; then
        frg_kind=--fix
        [ -z "$frg_dry" ] || frg_kind=would
        if [ -n "$frg_fix" ]; then
            frg_kind=failed
            ! "$7" || frg_kind=mended frg_done=true frg_mended=yes
        fi
    fi
    [ "$frg_done" = true ] || frg_open=$((frg_open + 1))
    if [ -n "$frg_json" ]; then frg_finding_json "$@"; else frg_finding_text "$@"; fi
}

frg_finding_text() {
    frg_quote "$4"
    frg_findings=$frg_findings$(
        printf '%s: FAULT %s: %s\n  object   %s\n  matters  %s\n  %-9s%s\n.' "$1" "$2" "$3" "$frg_text" "$5" "$frg_kind" "$6"
    )
    frg_findings=${frg_findings%.}
}

frg_finding_json() {
    frg_object=''
    frg_member check "$1"
    frg_member code "$2"
    frg_member severity FAULT
    frg_member what "$3"
    frg_member object "$4"
    frg_member why "$5"
    if [ -n "${7-}" ]; then frg_member fix "$6"; else frg_member advice "$6"; fi
    frg_findings="$frg_findings,{${frg_object#,},\"mended\":$frg_done}"
}

# frg_member NAME TEXT: one more member of frg_object.
frg_member() {
    frg_json_field "$1" "$2"
    frg_object=$frg_object,$frg_text
}

frg_show() {
    if [ -n "$frg_json" ]; then
        printf '{"healthy":false,"platform":false,"findings":[%s]}\n' "${frg_findings#,}"
    else
        printf '%s' "$frg_findings"
        printf 'without a platform only a part can be looked at, %s wrong in it\n' "$(
            case $frg_open in
            0) echo 'nothing is' ;;
            1) echo '1 thing is' ;;
            *) echo "$frg_open things are" ;;
            esac
        )"
    fi
}

# ---- checks ----

frg_look() {
    frg_look_at_home
    frg_look_at_platform
    frg_look_at_machine
    frg_look_at_connections
}

frg_look_at_home() {
    # The one that frg_check_home takes, but without its refusal.
    if [ -z "${FROGGR_HOME-}" ] && ! frg_is_usable; then frg_home=/tmp/froggr-$(id -u); fi
    frg_is_usable && {
        frg_look_at_room
        return
    }
    case $frg_why in
    *open*)
        frg_finding home WRONG_MODE "$frg_home is open to others (mode $frg_mode)" "$frg_home" \
            'others can see or do what only its owner may; no platform starts there' 'chmod 0700' frg_close_home
        ;;
    *)
        frg_finding home BAD_HOME "$frg_home cannot be used: $frg_why" "$frg_home" \
            'nothing works without a home' 'FROGGR_HOME=DIR with a directory of your own, mode 700'
        ;;
    esac
}

frg_close_home() {
    [ ! -L "$frg_home" ] && [ -O "$frg_home" ] && chmod 0700 "$frg_home"
}

frg_look_at_room() {
    [ -d "$frg_home" ] || return 0
    frg_free=$(stat -f -c '%a * %S / 1024' -- "$frg_home") || return 0
    # shellcheck disable=SC2004 # it is an expression, which dash does not look for in a variable
    frg_free=$(($frg_free))
    [ "$frg_free" -ge 4096 ] ||
        frg_finding home HOME_FULL "$frg_free KiB are free in $frg_home" "$frg_home" \
            'records of sessions cannot be kept, and mounts are refused' 'make room there'
}

frg_look_at_platform() {
    [ -r "$frg_home/platform/pid" ] || return 0
    if ! frg_is_living pid || [ "$frg_state" = Z ]; then
        frg_finding platform STALE_PID "platform/pid names process ${frg_its_pid:-?}, which is gone" \
            "$frg_home/platform/pid" 'a platform died there and none came after it' 'remove it' frg_forget_platform
        return
    fi
    case $frg_state in
    [Tt])
        frg_finding platform STOPPED "the platform, process $frg_its_pid, is stopped" "$frg_its_pid" \
            'it answers nothing, and programs that use unions wait' "kill -CONT $frg_its_pid"
        ;;
    *)
        case $frg_status in
        124 | 143)
            frg_finding platform HANGS "the platform, process $frg_its_pid, does not answer" "$frg_its_pid" \
                'programs that use unions may wait as well' \
                "kill -QUIT $frg_its_pid, for a thread dump in platform/console.log; then kill -KILL: another adopts the sessions"
            ;;
        esac
        ;;
    esac
}

frg_forget_platform() {
    ! frg_is_living pid && rm -f -- "$frg_home/platform/pid"
}

frg_look_at_machine() {
    find_java || frg_finding programs NO_JAVA 'there is no JDK 17 or newer' java \
        'the platform runs on it' 'apt-get install openjdk-17-jre-headless'
    for frg_program in setsid flock unshare nsenter mount umount xargs timeout; do
        command -v "$frg_program" >/dev/null || frg_finding programs NO_PROGRAM \
            "the program $frg_program is not installed" "$frg_program" 'Froggr runs it' \
            'install util-linux, mount, findutils and coreutils'
    done
    { [ -r /dev/fuse ] && [ -w /dev/fuse ]; } || frg_finding kernel NO_FUSE '/dev/fuse cannot be opened' /dev/fuse \
        'unions are not possible' 'modprobe fuse (as root), or chmod 666 /dev/fuse'
}

# Connections of this home for which somebody waits: the mount table tells them without asking them.
frg_look_at_connections() {
    while read -r _ _ frg_device _ frg_point frg_rest; do
        case $frg_point,$frg_rest in
        "$frg_home"/sessions/*/fs,*' - fuse.froggr '*) ;;
        *) continue ;;
        esac
        frg_waiting=0
        { read -r frg_waiting <"/sys/fs/fuse/connections/${frg_device#*:}/waiting"; } 2>/dev/null
        [ "$frg_waiting" -eq 0 ] || frg_finding leaks NOT_SERVED \
            "$frg_waiting requests wait for the FUSE connection ${frg_device#*:}, and no platform answers" "$frg_point" \
            'programs that use its mounts wait' 'frg platform start, which serves it; see why it does not start'
    done </proc/self/mountinfo
}
