#pragma once
// For the tests: every place of a frame that can be pressed, as Dear ImGui knows it, so that a control without a role
// and a name, or with its element elsewhere, is found.

#include <cstdint>
#include <vector>

#include "web/widgets/geometry.h"

namespace guanjia::audit {

struct Item {
    std::uint32_t id = 0;
    ui::Rect rect;
};

// What is drawn between the two.
void begin();
std::vector<Item> end();

}  // namespace guanjia::audit
