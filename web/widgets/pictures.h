#pragma once
// Pictures as textures, by a key of their own: asked for when they are first drawn, and let go when room is needed and
// nobody has drawn them for a while.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

struct ImTextureData;

namespace guanjia::ui {

class Pictures {
public:
    Pictures();
    ~Pictures();

    // Pixels of the longest side: whoever draws says how fine it is to be.
    struct Wanted {
        std::string key;
        int longest = 0;
    };
    std::vector<Wanted> take_wanted() { return std::exchange(wanted_, {}); }
    // RGBA, width × height; 0 × 0 when there is no such picture.
    void give(std::string const& key, int longest, int width, int height, unsigned char const* pixels);
    // It may look different, or be there, by now.
    void forget(std::string const& key);

    // Null while it is on its way or when there is none, which `missing` tells.
    ImTextureData* find(std::string const& key, int longest, bool& missing);
    // Lets go of what has to go. Once a frame, before anything is drawn.
    void begin_frame();

private:
    struct Held {
        ImTextureData* texture = nullptr;  // null: on its way, or missing
        bool missing = false;
        std::uint64_t drawn = 0;  // in which frame
    };
    using Key = std::pair<std::string, int>;
    void let_go(ImTextureData* texture);

    std::map<Key, Held> held_;
    std::vector<Wanted> wanted_;
    std::vector<ImTextureData*> going_;  // until the renderer has let go of them
    std::uint64_t frame_ = 0;
    std::size_t bytes_ = 0;
};

}  // namespace guanjia::ui
