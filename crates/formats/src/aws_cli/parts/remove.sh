[ -f "$state" ] || { tell "$say_nothing"; exit 0; }
load

# made STEP TITLE NAME…: whether there is something to remove, and its names are known.
made() {
  local name title=$2
  step=$1
  case ${!1-} in done | asked) ;; *) return 1 ;; esac
  shift 2
  for name in "$@"; do
    if [ -z "${!name-}" ]; then tell "$say_lost" "$title"; return 1; fi
  done
  tell "$say_removing" "$title"
}
finish() { keep "$step" removed; }

# away GONE BUSY COMMAND…
away() {
  local gone=$1 busy=$2 tries=0
  shift 2
  until answer=$("$@" 2>"$errors"); do
    if refused "$gone"; then tell "   $say_gone"; return 0; fi
    tries=$((tries + 1))
    if [ "$tries" -gt 60 ] || ! refused "$busy"; then
      cat "$errors" >&2
      exit 1
    fi
    tell "   $say_patient"
    sleep 10
  done
}
