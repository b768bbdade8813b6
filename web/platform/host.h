#pragma once
// What the browser does for the program (web/platform/host.js). Only this folder knows Emscripten.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/store/block_store.h"

namespace guanjia::host {

void wake(int frames);
// The next frame without being asked, for the clock and time left.
void wake_in(double milliseconds);
void say(std::string const& json);
void storage_write(std::uint32_t token, BlockTransaction const& transaction);
void retry_in(double milliseconds);
void address(std::string const& path, bool replace);
void title(std::string const& text);
void unsaved(bool unsaved);
// A notice of the system, seen wherever the person is.
void notify(std::string const& title, std::string const& words);
void ask_for_notices();
void remember(char const* key, std::string const& value);
// The theme's class, and how many CSS px a pixel of the interface is.
void look(char const* theme, float scale);
void download(std::string const& name, std::string_view bytes);
void choose_file();
// What is on the clipboard comes as a file without a name.
void paste();
void print(std::string const& html);
void choose_photo();
// Answered by page_photo_kept.
void keep_photo(std::uint32_t token, std::string const& hash, std::string_view bytes);
// Answered by page_photo_shown.
void show_photo(std::string const& hash, int longest);
// Each that is there by page_photo_loaded, then page_photos_loaded. hashes: lines.
void load_photos(std::uint32_t token, std::string const& hashes);
// What is kept is told by page_photos_held, some hundred at a time.
void look_over_photos();
void forget_photos(std::string const& hashes);
void take_over();
void reload();
void update();

// One character by the system's fonts. `alpha` is allocated with malloc and to be freed; null when nothing is seen.
struct Glyph {
    int width, height, left, top;
    float advance;
    unsigned char* alpha;
};
Glyph glyph(std::string const& character, float pixels);

}  // namespace guanjia::host
