#include "web/platform/host.h"

#include <emscripten/em_js.h>
#include <emscripten/emscripten.h>

// Names beginning with host_ stand beside each other in the program's one script; each hands over to Module.host.
// clang-format off
EM_JS(void, host_wake, (int frames), { Module.host.wake(frames); })
EM_JS(void, host_wake_in, (double milliseconds), { Module.host.wakeIn(milliseconds); })
EM_JS(void, host_say, (char const* json), { Module.host.say(UTF8ToString(json)); })
EM_JS(void, host_storage_begin, (int token, double epoch, double sequence, int strict), { Module.host.storageBegin(token, epoch, sequence, strict !== 0); })
EM_JS(void, host_storage_head, (double epoch, double sequence, char const* bytes, int size), { Module.host.storageHead(epoch, sequence, HEAPU8.slice(bytes, bytes + size)); })
EM_JS(void, host_storage_erase, (int area, double from_first, double from_second, double to_first, double to_second), { Module.host.storageErase(area, [from_first, from_second], [to_first, to_second]); })
EM_JS(void, host_storage_put, (int area, double first, double second, char const* bytes, int size), { Module.host.storagePut(area, [first, second], HEAPU8.slice(bytes, bytes + size)); })
EM_JS(void, host_storage_commit, (), { Module.host.storageCommit(); })
EM_JS(void, host_retry_in, (double milliseconds), { Module.host.retryIn(milliseconds); })
EM_JS(void, host_address, (char const* path, int replace), { Module.host.address(UTF8ToString(path), replace !== 0); })
EM_JS(void, host_title, (char const* text), { Module.host.title(UTF8ToString(text)); })
EM_JS(void, host_unsaved, (int unsaved), { Module.host.unsaved(unsaved !== 0); })
EM_JS(void, host_remember, (char const* key, char const* value), { Module.host.remember(UTF8ToString(key), UTF8ToString(value)); })
EM_JS(void, host_notify, (char const* title, char const* words), { Module.host.notify(UTF8ToString(title), UTF8ToString(words)); })
EM_JS(void, host_ask_for_notices, (), { Module.host.askForNotices(); })
EM_JS(void, host_look, (char const* theme, float scale), { Module.host.look(UTF8ToString(theme), scale); })
EM_JS(void, host_download, (char const* name, char const* bytes, int size), { Module.host.download(UTF8ToString(name), HEAPU8.slice(bytes, bytes + size)); })
EM_JS(void, host_choose_file, (), { Module.host.chooseFile(); })
EM_JS(void, host_paste, (), { Module.host.paste(); })
EM_JS(void, host_print, (char const* html), { Module.host.print(UTF8ToString(html)); })
EM_JS(void, host_choose_photo, (), { Module.host.choosePhoto(); })
EM_JS(void, host_keep_photo, (int token, char const* hash, char const* bytes, int size), { Module.host.keepPhoto(token, UTF8ToString(hash), HEAPU8.slice(bytes, bytes + size)); })
EM_JS(void, host_show_photo, (char const* hash, int longest), { Module.host.showPhoto(UTF8ToString(hash), longest); })
EM_JS(void, host_load_photos, (int token, char const* hashes), { Module.host.loadPhotos(token, UTF8ToString(hashes).split("\n").filter(Boolean)); })
EM_JS(void, host_look_over_photos, (), { Module.host.lookOverPhotos(); })
EM_JS(void, host_forget_photos, (char const* hashes), { Module.host.forgetPhotos(UTF8ToString(hashes).split("\n").filter(Boolean)); })
EM_JS(void, host_take_over, (), { Module.host.takeOver(); })
EM_JS(void, host_reload, (), { Module.host.reload(); })
EM_JS(void, host_update, (), { Module.host.update(); })
EM_JS(unsigned char*, host_glyph, (char const* character, float pixels, int* box, float* advance), {
    const glyph = Module.host.glyph(UTF8ToString(character), pixels);
    HEAP32.set([glyph.width, glyph.height, glyph.left, glyph.top], box >> 2);
    HEAPF32[advance >> 2] = glyph.advance;
    if (!glyph.alpha) return 0;
    const place = _malloc(glyph.alpha.length);
    HEAPU8.set(glyph.alpha, place);
    return place;
})
// clang-format on

namespace guanjia::host {

void wake(int frames) { host_wake(frames); }
void wake_in(double milliseconds) { host_wake_in(milliseconds); }
void say(std::string const& json) { host_say(json.c_str()); }

void storage_write(std::uint32_t token, BlockTransaction const& transaction) {
    auto const number = [](std::uint64_t value) { return static_cast<double>(value); };
    host_storage_begin(static_cast<int>(token), number(transaction.expected_epoch),
                       number(transaction.expected_sequence), transaction.strict ? 1 : 0);
    auto const& head = transaction.head;
    host_storage_head(number(head.epoch), number(head.sequence), head.bytes.data(),
                      static_cast<int>(head.bytes.size()));
    for (auto const& erasure : transaction.erasures)
        host_storage_erase(static_cast<int>(erasure.area), number(erasure.from.first), erasure.from.second,
                           number(erasure.to.first), erasure.to.second);
    for (auto const& put : transaction.puts)
        host_storage_put(static_cast<int>(put.area), number(put.key.first), put.key.second, put.bytes.data(),
                         static_cast<int>(put.bytes.size()));
    host_storage_commit();
}

void retry_in(double milliseconds) { host_retry_in(milliseconds); }
void address(std::string const& path, bool replace) { host_address(path.c_str(), replace ? 1 : 0); }
void title(std::string const& text) { host_title(text.c_str()); }
void unsaved(bool unsaved) { host_unsaved(unsaved ? 1 : 0); }
void remember(char const* key, std::string const& value) { host_remember(key, value.c_str()); }
void notify(std::string const& title, std::string const& words) { host_notify(title.c_str(), words.c_str()); }
void ask_for_notices() { host_ask_for_notices(); }
void look(char const* theme, float scale) { host_look(theme, scale); }
void download(std::string const& name, std::string_view bytes) {
    host_download(name.c_str(), bytes.data(), static_cast<int>(bytes.size()));
}
void choose_file() { host_choose_file(); }
void paste() { host_paste(); }
void print(std::string const& html) { host_print(html.c_str()); }
void choose_photo() { host_choose_photo(); }
void keep_photo(std::uint32_t token, std::string const& hash, std::string_view bytes) {
    host_keep_photo(static_cast<int>(token), hash.c_str(), bytes.data(), static_cast<int>(bytes.size()));
}
void show_photo(std::string const& hash, int longest) { host_show_photo(hash.c_str(), longest); }
void load_photos(std::uint32_t token, std::string const& hashes) {
    host_load_photos(static_cast<int>(token), hashes.c_str());
}
void look_over_photos() { host_look_over_photos(); }
void forget_photos(std::string const& hashes) { host_forget_photos(hashes.c_str()); }
void take_over() { host_take_over(); }
void reload() { host_reload(); }
void update() { host_update(); }

Glyph glyph(std::string const& character, float pixels) {
    int box[4]{};
    auto advance = 0.0F;
    auto* alpha = host_glyph(character.c_str(), pixels, box, &advance);
    return {box[0], box[1], box[2], box[3], advance, alpha};
}

}  // namespace guanjia::host
