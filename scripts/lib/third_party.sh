#!/usr/bin/env bash
# Leaves the source of libraries that are compiled for the page as well at build/third-party/NAME: Debian's source packages
# with Debian's patches, by the machine's own mirror; where they cannot be had, upstream by git.
# Usage: third_party.sh NAME…      imgui: 1.92 or newer, of a newer suite · expat zlib: of the machine's own suite
# IMGUI_DIR and the like name a copy that is there already.
. "$(dirname "$0")/common.sh"
known_imgui=1.92.2b
known_imgui_hash=e7bd201d56b5ee90d24d5dac85e5c12f98bdb95410252a62d27b7f89e4566d48

suites_of() {
  case $1 in
    imgui) echo forky sid ;;
    *) . /etc/os-release && echo "${VERSION_CODENAME:-} stable" ;;
  esac
}
upstream_of() { # what git clone takes
  case $1 in
    imgui) echo --branch "v$known_imgui" https://github.com/ocornut/imgui ;;
    expat) echo --branch R_2_7_1 https://github.com/libexpat/libexpat ;;
    zlib) echo --branch v1.3.1 https://github.com/madler/zlib ;;
  esac
}
# A file that is there when the source is.
mark_of() { case $1 in imgui) echo imgui.h ;; expat) echo lib/xmlparse.c ;; zlib) echo contrib/minizip/unzip.c ;; esac; }

missing=()
for name in "$@"; do
  given=${name^^}_DIR
  [ -n "${!given:-}" ] || [ -f "build/third-party/$name/$(mark_of "$name")" ] || missing+=("$name")
done
[ ${#missing[@]} -gt 0 ] || exit 0

work=$root/build/third-party/work
rm -rf "$work"
mkdir -p "$work/unpacked"
listed= # the suite whose lists are there
from_debian() { # name
  local mirror suite options patches
  mirror=$(debian_mirror)
  [ -n "$mirror" ] || return 1
  for suite in $(suites_of "$1"); do
    # A mirror that is frozen for a while has lists past their date; they are signed all the same.
    options=(-qq -o Acquire::Check-Valid-Until=false -o "Dir::Etc::sourcelist=$work/source.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$work/lists-$suite" -o APT::Sandbox::User=root)
    echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$work/source.list"
    if [ "$listed" != "$suite" ]; then
      mkdir -p "$work/lists-$suite/partial"
      as_root apt-get "${options[@]}" update || continue
      listed=$suite
    fi
    (cd "$work" && as_root apt-get "${options[@]}" source --download-only "$1") || continue
    # Of Dear ImGui the source as it came: Debian's would be built with other packages.
    patches=()
    [ "$1" != imgui ] || patches=(--skip-patches)
    dpkg-source -q "${patches[@]}" -x "$work/$1"_*.dsc "$work/unpacked/$1" && return 0
    rm -rf "$work/unpacked/$1"
  done
  return 1
}
from_upstream() { # name
  # shellcheck disable=SC2046
  git clone -q --depth 1 $(upstream_of "$1") "$work/unpacked/$1"
}

for name in "${missing[@]}"; do
  say "fetching the source of $name"
  from_debian "$name" >"$work/log" 2>&1 || { rm -rf "$work/unpacked/$name"; from_upstream "$name" >>"$work/log" 2>&1; } || {
    cat "$work/log"
    echo "The source of $name could not be fetched; set ${name^^}_DIR to a copy." >&2
    exit 1
  }
  # Expat's repository keeps the library a folder deeper.
  [ ! -d "$work/unpacked/$name/$name" ] || { mv "$work/unpacked/$name" "$work/whole" && mv "$work/whole/$name" "$work/unpacked/$name"; }
  if [ "$name" = imgui ]; then
    version=$(sed -n 's/^#define IMGUI_VERSION  *"\(.*\)"/\1/p' "$work/unpacked/imgui/imgui.h")
    number=$(sed -n 's/^#define IMGUI_VERSION_NUM  *//p' "$work/unpacked/imgui/imgui.h")
    [ "${number:-0}" -ge 19200 ] || { echo "Dear ImGui $version is too old: 1.92 is the floor." >&2; exit 1; }
    if [ "$version" = "$known_imgui" ]; then
      archive=$(ls "$work"/imgui_*.orig.tar.* 2>/dev/null | head -n 1 || true)
      [ -z "$archive" ] || echo "$known_imgui_hash  $archive" | sha256sum -c --quiet || { echo "Dear ImGui is not what it should be." >&2; exit 1; }
    else
      say "note: Dear ImGui $version, made with $known_imgui"
    fi
  fi
  rm -rf "build/third-party/$name"
  mv "$work/unpacked/$name" "build/third-party/$name"
done
rm -rf "$work"
