load

# ask NAME [DEFAULT]: a value that is yours.
ask() {
  if [ -z "${!1-}" ] && [ -n "${2-}" ]; then printf -v "$1" '%s' "$2"; fi
  [ -n "${!1-}" ] || stop "$say_missing" "$1"
  keep "$1" "${!1}"
}

# fill FILE NAME…: the file with ${NAME} filled in; "${NAME[@]}" is a list.
fill() {
  local text name value place items between='", "'
  text=$(<"$1")
  shift
  for name in "$@"; do
    value=${!name}
    value=${value//\\/\\\\}
    value=${value//\"/\\\"}
    value=${value//$'\n'/\\n}
    items=${value//,/"$between"}
    place="\${${name}[@]}"
    text=${text//"$place"/"$items"}
    place="\${$name}"
    text=${text//"$place"/"$value"}
  done
  printf '%s' "$text"
}

# begin STEP TITLE TEXT
begin() {
  step=$1
  if [ "${!1-}" = 'done' ]; then tell "$say_skipped" "$2"; return 1; fi
  printf '\n%s\n   %s\n' "$2" "$3"
  keep "$1" asked
}
finish() { keep "$step" 'done'; }

# call PATIENCE COMMAND…: what AWS answers is in $answer.
call() {
  local patience=$1 tries=0
  shift
  until answer=$("$@" 2>"$errors"); do
    tries=$((tries + 1))
    if [ "$tries" -le 36 ] && refused "$patience"; then
      tell "   $say_patient"
      sleep 5
      continue
    fi
    cat "$errors" >&2
    # Refused is not made; after a lost answer it may have been.
    if grep -q 'An error occurred (' "$errors"; then keep "$step" refused; fi
    exit 1
  done
}

# take NAME…: keeps what the answer gives.
take() {
  local values name index=0
  IFS=$'\t' read -r -a values <<<"$answer"
  for name in "$@"; do
    case ${values[index]-None} in '' | None) stop "$say_no_answer" "$name" ;; esac
    keep "$name" "${values[index]}"
    printf '   %s = %s\n' "$name" "${values[index]}"
    index=$((index + 1))
  done
}
