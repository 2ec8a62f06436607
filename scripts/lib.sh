# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # variables that come from the script, or are for it
# lib.sh - what scripts/try and scripts/test share: packages and builds. Sourced, with $log naming a file.

# Everything below is named PACKAGE:PROBE. A probe is a command, a pkg-config module or a file: what is here from
# another origin than Debian's packages is used as it is.
build_packages='gcc:gcc libc6-dev:/usr/include/stdio.h meson:meson ninja-build:ninja pkg-config:pkg-config
  libicu-dev:icu-uc libmd4c-dev:md4c musl-tools:musl-gcc libzstd-dev:libzstd libxxhash-dev:libxxhash'

say() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
}

# COMMAND...: runs it with its noise in the log; when it fails, shows the end of the log and where the rest is.
quietly() {
  "$@" >>"$log" 2>&1 </dev/null && return
  tail -n 20 "$log" >&2
  say "failed: $* (whole log: $log)"
  return 1
}

present() {
  case $1 in
  /*) [ -e "$1" ] ;;
  *) command -v "$1" >/dev/null || pkg-config --exists "$1" 2>/dev/null ;;
  esac
}

apt_get() {
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -o DPkg::Lock::Timeout=300 "$@"
}

# shellcheck disable=SC2086 # $missing is a list of names
install_missing() {
  apt_get install --no-install-recommends $missing >>"$log" 2>&1 </dev/null && return
  # No package lists yet, or old ones.
  quietly apt_get update && quietly apt_get install --no-install-recommends $missing
}

# PACKAGE:PROBE...: installs the packages whose probe is missing. When nothing is, it does nothing and needs no root.
need() {
  missing=
  for item; do
    present "${item#*:}" || missing="$missing ${item%%:*}"
  done
  [ -n "$missing" ] || return 0
  as_root=
  if ! command -v apt-get >/dev/null; then
    say "not installed:$missing (Debian's names), and there is no apt-get here: install them, then try again"
    return 1
  elif [ "$(id -u)" -eq 0 ]; then
    say "installing$missing"
  elif command -v sudo >/dev/null; then
    say "installing$missing (with sudo)"
    as_root=sudo
  else
    say "not installed:$missing; installing them needs root or sudo"
    return 1
  fi
  install_missing
}

# SOURCE DIR OPTION...: configures DIR, or gives it these options, and builds everything.
build() {
  source=$1 dir=$2
  shift 2
  if [ -f "$dir/build.ninja" ]; then
    quietly meson configure "$dir" "$@"
  else
    quietly meson setup "$dir" "$source" "$@"
  fi && quietly ninja -C "$dir"
}
