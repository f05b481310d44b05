# shellcheck shell=sh
# What bin/frg does off the common path. Sourced by it, never run. Names begin with frg_, as there.
# shellcheck disable=SC2154 # bin/frg sets them
# shellcheck disable=SC3067 # -O: dash, bash and busybox have it
# shellcheck disable=SC2094 # a pipe is opened <> first, so that opening it < never waits

# shellcheck source=launcher/src/main/dist/lib/frg-common.sh
. "$frg_lib/frg-common.sh"

# shellcheck disable=SC2034 # for frg_load
frg_loaded=yes
frg_start_seconds=30    # for a platform to get ready
frg_patience_seconds=45 # for one that is stopped: its loop replaces it sooner
frg_pipe_tries=3        # before the next transport
frg_slot_tries=100      # where all slots are taken
frg_tries=0 frg_starts=0 frg_busy=0

# ---- messages ----

# frg_describe ARGUMENT...: sets frg_verb, frg_action, frg_json and frg_quiet, to speak as the verb would.
frg_describe() {
    frg_verb='' frg_action='' frg_json='' frg_quiet=''
    for frg_text in "$@"; do
        case $frg_text in
        --) break ;;
        --json) frg_json=yes ;;
        -q | --quiet) frg_quiet=yes ;;
        -*) ;;
        *) if [ -z "$frg_verb" ]; then frg_verb=$frg_text; else frg_action=${frg_action:-$frg_text}; fi ;;
        esac
    done
    case $frg_verb in
    *[!a-z]*) frg_verb='' ;;
    esac
}

# frg_replace TEXT FROM TO: sets frg_text to TEXT with each FROM replaced.
frg_replace() {
    frg_text='' frg_tail=$1
    while
        frg_head=${frg_tail%%"$2"*}
        [ "$frg_head" != "$frg_tail" ]
    do
        frg_text=$frg_text$frg_head$3 frg_tail=${frg_tail#*"$2"}
    done
    frg_text=$frg_text$frg_tail
}

# frg_quote TEXT: sets frg_text to one word for a shell.
frg_quote() {
    case $1 in
    '' | *[!A-Za-z0-9%+,./:=@_-]*)
        frg_replace "$1" "'" "'\\''"
        frg_text="'$frg_text'"
        ;;
    *) frg_text=$1 ;;
    esac
}

# frg_json_field NAME TEXT: sets frg_text to a member of a JSON object.
frg_json_field() {
    # shellcheck disable=SC1003 # backslashes, and no quote
    frg_replace "$2" '\' '\\'
    frg_replace "$frg_text" '"' '\"'
    frg_replace "$frg_text" '
' '\n'
    frg_replace "$frg_text" '	' '\t'
    frg_text="\"$1\":\"$frg_text\""
}

# frg_fail STATUS CODE MESSAGE HINT [PATH]: says it and exits.
frg_fail() {
    if [ -n "$frg_json" ]; then
        frg_json_field code "$2" && frg_object=$frg_text
        frg_json_field message "$3" && frg_object=$frg_object,$frg_text
        [ -z "${5-}" ] || { frg_json_field path "$5" && frg_object=$frg_object,$frg_text; }
        frg_json_field hint "$4" && frg_object=$frg_object,$frg_text
        printf '{%s}\n' "$frg_object"
    else
        printf 'frg: %s%s: %s; try: %s\n' "${frg_verb:+$frg_verb: }" "$2" "$3" "$4"
    fi >&2
    exit "$1"
}

# ---- what to do when the common path did not end in an exit status ----

# frg_go_on ARGUMENT...: returns to have the request sent again; otherwise exits.
frg_go_on() {
    frg_describe "$@"
    case $frg_word in
    exec) frg_enter "$@" ;;
    lost) frg_lost ;;
    no) frg_by_socket "$@" ;;
    esac
    if [ "$frg_step" = begin ]; then
        frg_mend_streams && return
        frg_check_home
    fi
    if ! frg_is_alive; then
        [ "$frg_step" = begin ] || [ "$frg_step" = claim ] || frg_withdraw
        frg_start_platform "$@"
        return
    fi
    case $frg_step in
    claim) [ -z "$frg_made" ] || frg_tries=$frg_pipe_tries ;; # the disk is full; its rest is swept
    send) frg_withdraw ;;
    esac
    frg_wait_or_leave "$@"
}

frg_lost() {
    frg_fail 75 TRY_AGAIN 'the platform went away in the middle of the command' 'the same command again'
}

# frg_withdraw: takes the request back, or exits if the platform has taken it.
frg_withdraw() {
    frg_back=$frg_slots/$frg_slot.back.$$
    mv -f -- "$frg_slots/$frg_slot.req" "$frg_back" 2>/dev/null || frg_lost
    { read -r frg_line <"$frg_back"; } 2>/dev/null
    rm -f -- "$frg_back"
    case $frg_line in
    taken*) frg_lost ;;
    esac
}

# frg_wait_or_leave ARGUMENT...: backs off for a moment, or goes another way.
frg_wait_or_leave() {
    if [ "$frg_step" = claim ] && [ -z "$frg_made" ] && [ -e "$frg_slots/$frg_slot.req" ] || [ "$frg_n" -ge 64 ]; then
        frg_busy=$((frg_busy + 1))
        [ "$frg_busy" -gt "$frg_slot_tries" ] || {
            sleep 0.05
            return
        }
    fi
    frg_tries=$((frg_tries + 1))
    [ "$frg_tries" -gt "$frg_pipe_tries" ] || {
        sleep 0.05
        return
    }
    frg_by_socket "$@"
}

# frg_mend_streams: gives closed standard streams a descriptor, a directory, that fails as a closed one does.
frg_mend_streams() {
    frg_mended=1
    [ -e "/proc/$$/fd/0" ] || { exec 0<>/dev/null && frg_mended=0; }
    [ -e "/proc/$$/fd/1" ] || { exec 1</ && frg_mended=0; }
    [ -e "/proc/$$/fd/2" ] || { exec 2</ && frg_mended=0; }
    return "$frg_mended"
}

# ---- the home ----

# frg_check_home: frg_home is one that may be used, absolute, or it exits.
frg_check_home() {
    if [ -z "${FROGGR_HOME-}" ] && [ "$frg_home" = /tmp/froggr ] && ! frg_is_usable; then
        frg_home=/tmp/froggr-$(id -u)
    fi
    case $frg_home in
    /*) ;;
    '') frg_bad_home 'it is the root directory' ;;
    *) frg_home=$PWD/$frg_home ;;
    esac
    frg_is_usable || frg_bad_home "$frg_why"
    case $frg_home in
    *[!A-Za-z0-9/._-]*)
        printf %s "$frg_home" | iconv -f UTF-8 -t UTF-8 >/dev/null 2>&1 ||
            frg_bad_home 'its name is no valid UTF-8, which Java cannot open'
        ;;
    esac
}

# frg_is_usable: it does not exist, or is a directory of ours and closed to others; else frg_why.
frg_is_usable() {
    if [ -L "$frg_home" ]; then
        frg_why='it is a symbolic link'
    elif [ ! -e "$frg_home" ]; then
        return 0
    elif [ ! -d "$frg_home" ]; then
        frg_why='it is not a directory'
    elif [ ! -O "$frg_home" ]; then
        frg_why='it belongs to another user'
    else
        frg_mode=$(stat -c %a -- "$frg_home")
        frg_why='it is open to others'
        case $frg_mode in
        *00 | 0) return 0 ;;
        esac
    fi
    return 1
}

frg_bad_home() {
    frg_quote "$frg_home"
    frg_fail 77 BAD_HOME "cannot use $frg_text: $1" 'FROGGR_HOME=DIR with a directory of your own, mode 700' "$frg_home"
}

# ---- the platform's life ----

# frg_is_living NAME: platform/NAME holds pid and start time of a process that lives.
frg_is_living() {
    { read -r frg_its_pid frg_its_start frg_its_rest <"$frg_home/platform/$1" &&
        read -r frg_stat <"/proc/$frg_its_pid/stat"; } 2>/dev/null || return 1
    # shellcheck disable=SC2086 # the words are wanted
    set -- ${frg_stat##*) }
    frg_state=$1
    [ "${20}" = "$frg_its_start" ]
}

# frg_is_alive: a platform runs. One that is stopped gets some time: its loop replaces it.
frg_is_alive() {
    frg_deadline=
    while frg_is_living pid; do
        frg_pid=$frg_its_pid frg_start=$frg_its_start frg_transports=$frg_its_rest
        case $frg_state in
        [ZX]) return 1 ;;
        [Tt]) ;;
        *) return 0 ;;
        esac
        frg_uptime
        frg_deadline=${frg_deadline:-$((frg_now + frg_patience_seconds))}
        [ "$frg_now" -lt "$frg_deadline" ] || frg_unavailable "the platform (process $frg_pid) is stopped" \
            "kill -CONT $frg_pid"
        sleep 0.2
    done
    return 1
}

frg_uptime() {
    read -r frg_now frg_text </proc/uptime
    frg_now=${frg_now%.*}
}

# frg_unavailable WHY HINT
frg_unavailable() {
    frg_fail 69 UNAVAILABLE "$1" "$2" "$frg_home"
}

# frg_start_platform ARGUMENT...: returns when one is ready; stop and status do without.
frg_start_platform() {
    case $frg_verb,$frg_action in
    platform,stop)
        [ -n "$frg_quiet" ] || printf 'frg: platform: it is not running\n' >&2
        exit 0
        ;;
    platform,status) frg_not_running ;;
    esac
    frg_starts=$((frg_starts + 1))
    [ "$frg_starts" -le 3 ] || frg_did_not_start 'it ended again and again'
    find_java || {
        frg_text="no JDK 17 or newer in JAVA_HOME, on PATH or in /usr/lib/jvm"
        [ -z "${FROGGR_JAVA_HOME-}" ] || {
            frg_quote "$FROGGR_JAVA_HOME"
            frg_text="FROGGR_JAVA_HOME=$frg_text is no JDK 17 or newer"
        }
        frg_fail 69 UNAVAILABLE "$frg_text" \
            'install a JDK 17 or newer, e.g. apt-get install openjdk-17-jre-headless'
    }
    frg_launch
    frg_await_platform
    # There was none to take over from
    [ "$frg_verb,$frg_action" != platform,upgrade ] || [ -n "${frg_former-}" ] || exit 0
}

frg_launch() {
    FROGGR_HOME=$frg_home sh "$frg_lib/frg-platform" start || exit
}

# frg_launch_again: the loop is gone; perhaps it was at its end already, and kept ours from beginning.
frg_launch_again() {
    frg_starts=$((frg_starts + 1)) frg_alone=0
    [ "$frg_starts" -le 2 ] || frg_did_not_start 'its start failed'
    frg_launch
}

# frg_await_end ARGUMENT...: after `platform stop`, returns when the platform and its loop are gone.
frg_await_end() {
    frg_describe "$@"
    case $frg_verb,$frg_action in
    platform,stop | platform,upgrade) ;;
    *) return ;;
    esac
    frg_uptime
    frg_deadline=$((frg_now + frg_start_seconds))
    while [ "$frg_now" -lt "$frg_deadline" ] && { frg_is_same_process || frg_is_living supervisor; }; do
        sleep 0.02
        frg_uptime
    done
}

# frg_upgrade ARGUMENT...: after `platform upgrade`: this distribution's platform follows the one that ended.
frg_upgrade() {
    frg_former=$frg_pid
    frg_await_end "$@"
    [ "$frg_verb,$frg_action" = platform,upgrade ] || return
    ! frg_is_living supervisor || frg_unavailable "the loop (process $frg_its_pid) of the platform before does not end" \
        "its log, $frg_home/platform/console.log"
    frg_start_platform
    if [ -n "$frg_json" ]; then
        printf '{"pid":%s,"former":%s}\n' "$frg_its_pid" "$frg_former"
    elif [ -z "$frg_quiet" ]; then
        printf 'platform %s took over from %s\n' "$frg_its_pid" "$frg_former"
    fi
}

frg_not_running() {
    if [ -n "$frg_json" ]; then
        printf '{"running":false}\n'
        exit 69
    fi
    frg_quote "$frg_home"
    frg_unavailable "no platform runs in $frg_text" 'frg platform start'
}

frg_await_platform() {
    frg_uptime
    frg_deadline=$((frg_now + frg_start_seconds)) frg_begin=$frg_now frg_alone=0 frg_told=$frg_quiet
    until frg_is_living pid && [ "$frg_state" != Z ]; do
        sleep 0.03
        frg_uptime
        if frg_is_living supervisor; then frg_alone=0; else frg_alone=$((frg_alone + 1)); fi
        [ "$frg_alone" -lt 40 ] || frg_launch_again
        [ "$frg_now" -lt "$frg_deadline" ] || frg_did_not_start "it was not ready after $frg_start_seconds s"
        if [ -z "$frg_told" ] && [ $((frg_now - frg_begin)) -ge 2 ]; then
            printf 'frg: starting the platform ...\n' >&2
            frg_told=yes
        fi
    done
}

# frg_did_not_start WHY: with the last that the logs say.
frg_did_not_start() {
    frg_quote "$frg_home/platform/platform.log"
    frg_log=$frg_text
    frg_last=$(
        for frg_file in console.log platform.log; do
            tail -n 3 -- "$frg_home/platform/$frg_file" 2>/dev/null
        done | tr -s '\n\t ' ' '
    )
    frg_unavailable "the platform does not run: $1; its last words: ${frg_last:-none}" "its log, $frg_log"
}

# ---- pipe mode: the platform may not write to our descriptors ----

# frg_over_pipes: descriptors 6 and 7 are our output, 9 is the reply pipe.
frg_over_pipes() {
    {
        cat <&4 >&6 5<&- 7>&- 9<&- &
        frg_out=$!
        cat <&5 >&7 4<&- 6>&- 9<&- &
        frg_err=$!
    } 8<>"$frg_slots/$frg_slot.out" 4<"$frg_slots/$frg_slot.out" 8>&- \
        8<>"$frg_slots/$frg_slot.err" 5<"$frg_slots/$frg_slot.err" 8>&-
    frg_ring ready
    read -r frg_word frg_rest <&9 || frg_word=lost
    [ "$frg_word" != tty ] || frg_over_tty
    wait "$frg_err"
    wait "$frg_out"
    frg_check_copy "$?"
}

# frg_check_copy STATUS: a success whose output nobody could see is none.
frg_check_copy() {
    case $frg_word,$frg_rest,$1 in
    x,0,0) ;;
    x,0,141) frg_rest=141 ;;
    x,0,*)
        frg_rest=74
        printf 'frg: IO_ERROR: standard output cannot be written; try: where there is room\n' >&7
        ;;
    esac
}

# frg_ring WORD [MORE...]: a line to the control pipe.
frg_ring() {
    frg_bell=$1
    shift
    printf '\n%s %s %s%s\n' "$frg_bell" "$$" "$frg_slot" "${*:+ $*}" 1<>"$frg_home/platform/ctl"
}

# ---- terminal mode: an interactive program of the platform's ----

# frg_over_tty: frg_rest is `direct` where the platform reads and writes our terminal itself.
frg_over_tty() {
    frg_out='' frg_in='' frg_resized=''
    frg_saved=$(stty -g <&0) || frg_saved=sane
    # shellcheck disable=SC2064 # as it is now
    trap "stty '$frg_saved' <&0" EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    trap 'frg_resized=yes; frg_ring_size winch' WINCH
    stty raw -echo <&0
    [ "$frg_rest" = direct ] || frg_copy_tty
    frg_ring_size ready
    while
        read -r frg_word frg_rest <&9
        [ -z "$frg_word" ] && [ -n "$frg_resized" ]
    do frg_resized=''; done
    [ -z "$frg_in" ] || kill "$frg_in"
    [ -z "$frg_out" ] || wait "$frg_out"
    stty "$frg_saved" <&0
    trap - EXIT HUP INT TERM WINCH
    frg_word=${frg_word:-lost}
}

# frg_ring_size WORD: rings with rows and columns of the terminal.
frg_ring_size() {
    # shellcheck disable=SC2046 # two words
    frg_ring "$1" $(stty size <&0)
}

frg_copy_tty() {
    {
        cat <&4 >&6 7>&- 9<&- 3<&- 5>&- &
        frg_out=$!
        # Its standard input must be named: jobs in the background get /dev/null.
        cat <&3 >&5 6>&- 7>&- 9<&- 4<&- &
        frg_in=$!
    } 3<&0 8<>"$frg_slots/$frg_slot.out" 4<"$frg_slots/$frg_slot.out" 8>&- 5<>"$frg_slots/$frg_slot.in"
}

# ---- the socket ----

# frg_by_socket ARGUMENT...: asks through the Unix socket, with a small JVM, and exits or hands over.
frg_by_socket() {
    case " $frg_transports " in
    *' unix '*) ;;
    *) frg_unreachable ;;
    esac
    find_java || frg_unreachable
    set +f
    frg_jar=$(printf %s "$frg_lib"/froggr-launcher-*.jar)
    set -f
    {
        frg_reply=$(
            { frg_request "$@" | frg_socket_client; } 5>&1 >&6 6>&-
        )
        frg_status=$?
    } 6>&1
    frg_word=${frg_reply%% *} frg_rest=${frg_reply#* }
    case $frg_word in
    x) exit "$frg_rest" ;;
    exec) frg_enter "$@" ;;
    esac
    case $frg_status in
    75) frg_lost ;;
    141) exit 141 ;;
    esac
    frg_unreachable
}

# frg_socket_client: standard input is the request, 5 takes the answer.
frg_socket_client() {
    LC_ALL=C.UTF-8 "$java_home/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xshare:auto \
        -Xmx64m -cp "$frg_jar" org.froggr.launcher.SocketClient 4<"$frg_home/platform"
}

frg_unreachable() {
    frg_unavailable "the platform (process $frg_pid) cannot be reached by ${frg_transports:-any transport}" \
        'frg platform status; kill it if it does not help: mounts stay'
}

# ---- doctor ----

# frg_doctor ARGUMENT...: for the verb doctor, which must not wait for ever, asks in a process of its own and
# exits; returns in that one, and for any other verb.
frg_doctor() {
    frg_describe "$@"
    [ "$frg_verb" = doctor ] || return 0
    [ -z "${FROGGR_DOCTOR-}" ] || {
        unset FROGGR_DOCTOR
        return 0
    }
    frg_home=${FROGGR_HOME:-/tmp/froggr}
    # shellcheck source=launcher/src/main/dist/lib/frg-doctor.sh
    . "$frg_lib/frg-doctor.sh"
    frg_examine "$@"
}

# ---- exec and enter ----

# frg_enter ARGUMENT...: becomes the command that the platform's answer, frg_rest, describes:
# PID START NAMESPACES OPERANDS SESSION DIRECTORY [NAME=VALUE...]
frg_enter() {
    frg_count=$#
    # shellcheck disable=SC2086 # the words are wanted
    set -- $frg_rest "$@"
    frg_pid=$1 frg_start=$2 frg_kind=$3 frg_operands=$4
    frg_decode "$6" && frg_directory=$frg_text
    export FROGGR_SESSION="$5"
    shift 6
    while [ $# -gt "$frg_count" ]; do
        frg_decode "$1"
        export "${frg_text?}"
        shift
    done
    shift $(($# - frg_operands))
    [ $# -gt 0 ] || set -- "$(frg_user_shell)"
    frg_inside "$@"
}

# frg_decode WORD: sets frg_text to what its octal escapes stand for, newlines at the end included.
frg_decode() {
    frg_text=$(printf '%b.' "$1")
    frg_text=${frg_text%.}
}

frg_user_shell() {
    if [ -x "${SHELL-}" ]; then printf %s "$SHELL"; else printf /bin/sh; fi
}

# frg_inside COMMAND...: enters what there is to enter and becomes the command.
frg_inside() {
    if [ "$frg_kind" = - ]; then
        cd -- "$frg_directory" 2>/dev/null || frg_no_directory
        eval "$frg_become"
    fi
    frg_is_same_process || frg_fail 125 NO_SESSION 'the session has just ended' 'frg session -l'
    command -v nsenter >/dev/null || frg_fail 125 UNSUPPORTED 'nsenter is not installed' 'install util-linux'
    case $frg_kind in
    u) set -- -U --preserve-credentials -- sh -c "$frg_in_there" "$frg_directory" "$@" ;;
    *) set -- -- sh -c "$frg_in_there" "$frg_directory" "$@" ;;
    esac
    exec nsenter -t "$frg_pid" -m "$@"
}

# Becomes the command "$@", or says why not and exits as env(1) does. The shell's own message would name a
# line of this file, and its command -v takes a builtin for a program.
# shellcheck disable=SC2016 # for eval and the inner shell
frg_become='frg_status=127 frg_why="command not found" frg_path=$PATH:
while [ -n "$frg_path" ]; do
    frg_file=${frg_path%%:*} frg_path=${frg_path#*:}
    frg_file=${frg_file:-.}/$1
    case $1 in
    */*) frg_file=$1 frg_path="" ;;
    esac
    if [ -f "$frg_file" ] && [ -x "$frg_file" ]; then exec "$@"; fi
    [ ! -e "$frg_file" ] || frg_status=126
done
# A directory on the way that may not be searched hides what is in it.
case $1,$(LC_ALL=C ls -dL -- "$1" 2>&1) in
*/*": Permission denied") frg_status=126 ;;
esac
[ "$frg_status" = 127 ] || frg_why="permission denied"
printf "frg: exec: %s: %s\n" "$1" "$frg_why" >&2
exit "$frg_status"'

# What runs inside: $0 is the directory. The path of a session may not exist outside of it.
# shellcheck disable=SC2016 # for the inner shell
frg_in_there='cd -- "$0" 2>/dev/null || {
    printf "frg: TARGET_MISSING: cannot change to the directory %s; try: frg session ID\n" "$0" >&2
    exit 125
}
'$frg_become

frg_no_directory() {
    frg_quote "$frg_directory"
    frg_fail 125 TARGET_MISSING "cannot change to the directory $frg_text" 'frg session ID' "$frg_directory"
}

frg_is_same_process() {
    { read -r frg_stat <"/proc/$frg_pid/stat"; } 2>/dev/null || return 1
    # shellcheck disable=SC2086 # the words are wanted
    set -- ${frg_stat##*) }
    [ "${20}" = "$frg_start" ]
}
