# shellcheck disable=SC1112,SC2016,SC2154
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export AWS_PAGER=''
state=made.env
errors=$(mktemp)
trap 'rm -f "$errors"' EXIT
answer=''

# tell TEXT [NAME]
tell() { printf '%s\n' "${1//\{name\}/${2-}}"; }
stop() { tell "$@" >&2; exit 1; }

# keep NAME VALUE: also in the file, so that a second run and remove.sh know it.
keep() {
  printf -v "$1" '%s' "$2"
  printf '%s=%s\n' "$1" "$2" >>"$state"
}

# item NAME LIST INDEX: one of a list with commas.
item() {
  local items
  IFS=, read -r -a items <<<"${!2}"
  [ -n "${items[$3]-}" ] || stop "$say_no_answer" "$2"
  printf -v "$1" '%s' "${items[$3]}"
}

load() {
  local name value
  if [ ! -f "$state" ]; then return 0; fi
  while IFS='=' read -r name value; do
    if [[ $name =~ ^[A-Za-z_][A-Za-z0-9_]*$ ]]; then printf -v "$name" '%s' "$value"; fi
  done <"$state"
}

# refused PATTERN: whether the last call was refused so.
refused() { [ -n "$1" ] && grep -Eqi -- "$1" "$errors"; }

# wait_for SECONDS AT_MOST GONE UNSEEN COMMAND…
wait_for() {
  local pause=$1 left=$2 gone=$3 unseen=$4 ready failed reason more
  shift 4
  tell "   $say_waiting"
  while :; do
    if answer=$("$@" 2>"$errors"); then
      IFS=$'\t' read -r ready failed reason more <<<"$answer"
      if [ "$ready" = True ]; then answer=$more; return 0; fi
      if [ "$failed" = True ]; then stop "$say_failed" "$reason"; fi
    elif refused "$gone"; then
      return 0
    elif ! refused "$unseen"; then
      cat "$errors" >&2
      exit 1
    fi
    left=$((left - pause))
    if [ "$left" -le 0 ]; then stop "$say_late"; fi
    sleep "$pause"
  done
}
