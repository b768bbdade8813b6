# What the scripts share. Sourced, not run.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"

say() { printf '==> %s\n' "$*"; }

# The comment at the head of a script is its help.
help_when_asked() {
  case "${1:-}" in
    -h | --help) sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"; exit 0 ;;
  esac
}

# Runs a command whose words matter only when it fails: what it said last is shown then.
quietly() {
  mkdir -p build/logs
  "$@" >build/logs/quietly.log 2>&1 || { tail -n 40 build/logs/quietly.log >&2; return 1; }
}

# Runs as root, by sudo when one is not.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"
  elif command -v sudo >/dev/null 2>&1; then sudo "$@"
  else printf 'Please run as root: %s\n' "$*" >&2; exit 1; fi
}

# One hash over all files of the tree that git would keep, and the commands that read them.
tree_hash() {
  { git ls-files -co --exclude-standard -z | LC_ALL=C sort -z | xargs -0 sha256sum 2>/dev/null; printf '%s\n' "$@"; } | sha256sum | cut -d' ' -f1
}

# The Debian mirror of this machine's own lists.
debian_mirror() { sed -n 's/^URIs: *//p; s/^deb \([^ ]*\) .* main.*/\1/p' /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null | head -n 1 || true; }
