// What the browser calls (web/platform/page.js), one function for each thing that it reports. Places and sizes are in
// CSS px of the page.

#include <cstdlib>
#include <cstring>

#include <emscripten/emscripten.h>
#include <fmt/format.h>

#include "web/platform/audit.h"
#include "web/platform/host.h"
#include "web/platform/page.h"

using namespace guanjia;

namespace {

void woken(int frames = frames_after_input) { host::wake(frames); }

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE int page_frame(double time) { return the_page().frame(time); }
// For the benchmarks: the milliseconds of the last frame in which the desk was asked.
EMSCRIPTEN_KEEPALIVE double page_asked() { return the_page().asked(); }
EMSCRIPTEN_KEEPALIVE void page_tick() { the_page().tick(); }
// 0 not asked, 1 granted, 2 denied
EMSCRIPTEN_KEEPALIVE void page_notices(int permission) {
    the_page().shell().notices = static_cast<NoticePermission>(permission);
    woken(2);
}

// kind: 0 move, 1 down, 2 up, 3 cancel, 4 leave; with: 1 touch, 2 Control, 4 Shift
EMSCRIPTEN_KEEPALIVE void page_pointer(int kind, float x, float y, int with) {
    auto& here = the_page();
    if (kind == 1) {
        here.ui.input.control = (with & 2) != 0;
        here.ui.input.shift = (with & 4) != 0;
    }
    here.input(
        Page::Pointer{static_cast<Page::Pointer::Kind>(kind), x / here.scale(), y / here.scale(), (with & 1) != 0});
    woken(kind == 0 ? 2 : frames_after_input);
}
// The press before this belongs to a double click.
EMSCRIPTEN_KEEPALIVE void page_again() { the_page().input(Page::Again{}); }
EMSCRIPTEN_KEEPALIVE void page_prefers(int dark, int contrast, int touch) {
    the_page().prefers(dark != 0, contrast != 0, touch != 0);
}
// What Ctrl+C takes: its text, a line of NUL, its HTML; to be freed. Null when there is nothing.
EMSCRIPTEN_KEEPALIVE char* page_copy() {
    auto const copied = the_page().ui.copied();
    if (!copied || copied->text.empty()) return nullptr;
    auto const size = copied->text.size() + copied->html.size() + 2;
    auto* bytes = static_cast<char*>(std::malloc(size));
    if (!bytes) return nullptr;
    std::memcpy(bytes, copied->text.c_str(), copied->text.size() + 1);
    std::memcpy(bytes + copied->text.size() + 1, copied->html.c_str(), copied->html.size() + 1);
    return bytes;
}

// Something was scrolled so far, in CSS px.
EMSCRIPTEN_KEEPALIVE void page_scroll(std::uint32_t id, float x, float y) {
    auto& state = the_page().ui.scroll(id);
    state.x = x;
    state.y = y;
    woken(2);
}
EMSCRIPTEN_KEEPALIVE void page_scrollbar(float width) { the_page().ui.scrollbar = width; }

EMSCRIPTEN_KEEPALIVE void page_resize(float width, float height, float pixels_wide, float pixels_high) {
    the_page().resize(width, height, pixels_wide, pixels_high);
}
EMSCRIPTEN_KEEPALIVE void page_context(int there) { the_page().context(there != 0); }

EMSCRIPTEN_KEEPALIVE void page_focus(std::uint32_t id, int visible) {
    auto& input = the_page().ui.input;
    input.focused = id;
    input.focus_visible = visible != 0;
    woken(2);
}
EMSCRIPTEN_KEEPALIVE void page_activate(std::uint32_t id) {
    the_page().ui.input.activated.push_back(id);
    woken();
}
EMSCRIPTEN_KEEPALIVE void page_text(std::uint32_t id, char const* text) {
    the_page().ui.input.texts.emplace_back(id, text);
    woken(2);
}
EMSCRIPTEN_KEEPALIVE void page_key(std::uint32_t id, char const* name) {
    the_page().input(Page::Key{id, name});
    woken();
}
EMSCRIPTEN_KEEPALIVE void page_address(char const* path) {
    the_page().address(path);
    woken();
}
EMSCRIPTEN_KEEPALIVE void page_recall(char const* pair) {
    std::string_view const text{pair};
    auto const end = text.find('\n');
    the_page().recall(text.substr(0, end), text.substr(end + 1));
}
EMSCRIPTEN_KEEPALIVE void page_font(int kind, char const* bytes, int size) {
    the_page().font(kind, std::string{bytes, static_cast<std::size_t>(size)});
    woken(2);
}
EMSCRIPTEN_KEEPALIVE void page_head(char const* bytes, int size) {
    the_page().loader.head({bytes, static_cast<std::size_t>(size)});
}
EMSCRIPTEN_KEEPALIVE void page_record(int area, double first, double second, char const* bytes, int size) {
    the_page().loader.add(static_cast<BlockArea>(area),
                          {static_cast<std::uint64_t>(first), static_cast<std::uint32_t>(second)},
                          std::string{bytes, static_cast<std::size_t>(size)});
}
// Looks at some megabytes of what was handed over; 1 when nothing is left to look at.
EMSCRIPTEN_KEEPALIVE int page_check() { return the_page().loader.check(4) ? 1 : 0; }
EMSCRIPTEN_KEEPALIVE void page_open() { the_page().open(); }
EMSCRIPTEN_KEEPALIVE void page_waits(int why) {
    the_page().waits(why == 1 ? NotOpen::other_tab : NotOpen::storage_failed);
    woken();
}
EMSCRIPTEN_KEEPALIVE void page_written(std::uint32_t token, int outcome) {
    the_page().store.written(token, static_cast<BlockOutcome>(outcome));
}
EMSCRIPTEN_KEEPALIVE void page_retry() { the_page().retry(); }
EMSCRIPTEN_KEEPALIVE void page_lost() { the_page().lost(); }
EMSCRIPTEN_KEEPALIVE void page_file(char const* name, char const* bytes, int size) {
    the_page().file(name, std::string{bytes, static_cast<std::size_t>(size)});
    woken();
}
// The file could not be read, or has no room.
EMSCRIPTEN_KEEPALIVE void page_file_refused(char const* name, int too_large) {
    the_page().refuse_file(name, too_large != 0);
    woken();
}
// A picture came while that was shown; no bytes when none could be made of it.
EMSCRIPTEN_KEEPALIVE void page_photo_made(char const* path, char const* bytes, int size) {
    the_page().photos.take(path, std::string{bytes, static_cast<std::size_t>(size)});
    woken();
}
EMSCRIPTEN_KEEPALIVE void page_photo_kept(std::uint32_t token, int outcome) {
    the_page().photos.kept(token, static_cast<BlockOutcome>(outcome));
    woken();
}
EMSCRIPTEN_KEEPALIVE void page_photo_shown(char const* hash, int longest, int width, int height,
                                           unsigned char const* pixels) {
    the_page().ui.pictures.give(hash, longest, width, height, pixels);
    woken(2);
}
EMSCRIPTEN_KEEPALIVE void page_photo_loaded(std::uint32_t token, char const* hash, char const* bytes, int size) {
    the_page().photos.loaded(token, hash, {bytes, static_cast<std::size_t>(size)});
}
EMSCRIPTEN_KEEPALIVE void page_photos_loaded(std::uint32_t token) {
    the_page().photos.all_loaded(token);
    woken();
}
EMSCRIPTEN_KEEPALIVE void page_photos_held(char const* hashes) {
    the_page().photos.look_over(hashes);
    woken(1);
}
EMSCRIPTEN_KEEPALIVE void page_online(int online) {
    the_page().shell().status.online = online != 0;
    woken(2);
}
// The page goes out of sight: what waits is written now.
EMSCRIPTEN_KEEPALIVE void page_hide(int hidden) {
    if (hidden) the_page().hide();
}
EMSCRIPTEN_KEEPALIVE void page_update_waits() {
    the_page().shell().status.update_waits = true;
    woken(2);
}
// For the tests: "[[id,x,y,w,h],…]" of every place of the next frame that can be pressed; to be freed.
EMSCRIPTEN_KEEPALIVE char* page_audit(double time) {
    audit::begin();
    the_page().frame(time);
    std::string json = "[";
    for (auto const& item : audit::end())
        json += fmt::format("{}[{},{},{},{},{}]", json.size() > 1 ? "," : "", item.id, item.rect.x, item.rect.y,
                            item.rect.w, item.rect.h);
    json += ']';
    return strdup(json.c_str());
}
// For the tests: what a field holds, to be freed, and how wide a text is drawn, in CSS px of usual size.
EMSCRIPTEN_KEEPALIVE char* page_text_of(std::uint32_t id) {
    for (auto const& node : the_page().ui.semantics.nodes())
        if (node.id == id) return strdup(node.value.c_str());
    return nullptr;
}
EMSCRIPTEN_KEEPALIVE float page_width_of(char const* text) { return the_page().ui.width_of(text); }
// Whether everything that was recorded is kept.
EMSCRIPTEN_KEEPALIVE int page_idle() {
    auto const& mirror = the_page().mirror;
    return !mirror || mirror->saved() == mirror->committed() ? 1 : 0;
}
}

int main() { return 0; }
