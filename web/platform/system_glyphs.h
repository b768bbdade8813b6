#pragma once
// Characters that the bundled fonts lack (rare ones in names, emoji, and every Chinese one of a record before the full
// font has come) drawn by the system's fonts on a small canvas.

#include <imgui.h>
#include <imgui_internal.h>

namespace guanjia {

ImFontLoader const* system_glyph_loader();

}  // namespace guanjia
