#!/usr/bin/env bash
# Leaves Dear ImGui 1.92 or newer at build/third-party/imgui: Debian's source package of a newer suite, by the machine's own
# mirror; where that cannot be had, upstream by git. IMGUI_DIR names a copy that is there already.
. "$(dirname "$0")/common.sh"
folder=build/third-party/imgui
[ -n "${IMGUI_DIR:-}" ] && exit 0
[ -f "$folder/imgui.h" ] && exit 0
known_version=1.92.2b
known_hash=e7bd201d56b5ee90d24d5dac85e5c12f98bdb95410252a62d27b7f89e4566d48

work=$root/build/third-party/work
rm -rf "$work"
mkdir -p "$work/lists/partial"
unpack() { # archive
  mkdir -p "$work/unpacked"
  tar -xf "$1" -C "$work/unpacked" --strip-components=1
}
from_debian() {
  local mirror suite options archive
  mirror=$(debian_mirror)
  [ -n "$mirror" ] || return 1
  for suite in forky sid; do
    echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$work/source.list"
    # A mirror that is frozen for a while has lists past their date; they are signed all the same.
    options=(-qq -o Acquire::Check-Valid-Until=false -o "Dir::Etc::sourcelist=$work/source.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$work/lists" -o APT::Sandbox::User=root)
    as_root apt-get "${options[@]}" update || continue
    (cd "$work" && as_root apt-get "${options[@]}" source --download-only imgui) || continue
    archive=$(ls "$work"/imgui_*.orig.tar.* 2>/dev/null | head -n 1)
    [ -n "$archive" ] && unpack "$archive" && return 0
  done
  return 1
}
from_upstream() { git clone -q --depth 1 --branch "v$known_version" https://github.com/ocornut/imgui "$work/unpacked"; }

say "fetching Dear ImGui"
from_debian >"$work/log" 2>&1 || { rm -rf "$work/unpacked"; from_upstream >>"$work/log" 2>&1; } || {
  cat "$work/log"
  echo "Dear ImGui could not be fetched; set IMGUI_DIR to a copy of 1.92 or newer." >&2
  exit 1
}
version=$(sed -n 's/^#define IMGUI_VERSION  *"\(.*\)"/\1/p' "$work/unpacked/imgui.h")
number=$(sed -n 's/^#define IMGUI_VERSION_NUM  *//p' "$work/unpacked/imgui.h")
[ "${number:-0}" -ge 19200 ] || { echo "Dear ImGui $version is too old: 1.92 is the floor." >&2; exit 1; }
if [ "$version" = "$known_version" ]; then
  archive=$(ls "$work"/imgui_*.orig.tar.* 2>/dev/null | head -n 1 || true)
  [ -z "$archive" ] || echo "$known_hash  $archive" | sha256sum -c --quiet || { echo "Dear ImGui is not what it should be." >&2; exit 1; }
else
  say "note: Dear ImGui $version, made with $known_version"
fi
rm -rf "$folder"
mv "$work/unpacked" "$folder"
rm -rf "$work"
