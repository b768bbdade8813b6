#pragma once
// What stands on the page's canvas. Four frames follow each input, so that everything that depends on something else
// has come to rest; most of them look like the one before, and are not drawn again: the browser keeps what it shows.

#include <imgui.h>

#include <cstdint>
#include <optional>

namespace guanjia {

class Canvas {
public:
    // What comes next is drawn even if it looks the same: the canvas has been emptied, or its context was lost.
    void forget() { shown_.reset(); }
    // Over the whole canvas, whose size is in its pixels.
    void draw(ImDrawData& wanted, ImU32 background, float pixels_wide, float pixels_high);

private:
    std::optional<std::uint64_t> shown_;  // fingerprint of what was drawn last
};

}  // namespace guanjia
