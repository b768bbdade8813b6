#include "web/platform/system_glyphs.h"

#include <cstdlib>

#include "web/platform/host.h"

namespace guanjia {

namespace {

// ImGui's size is that of a line, the canvas's that of the em square; as in Noto Sans SC.
constexpr float line_per_em = 1.448F;
constexpr float ascent_per_em = 1.16F;

bool contains(ImFontAtlas*, ImFontConfig*, ImWchar codepoint) { return codepoint >= 0x80; }

bool load(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void*, ImWchar codepoint, ImFontGlyph* glyph,
          float* advance) {
    // Private use is the icons', and controls have no shape.
    if (codepoint < 0x80 || (codepoint >= 0xE000 && codepoint <= 0xF8FF)) return false;
    char utf8[5]{};
    ImTextCharToUtf8(utf8, codepoint);
    auto const density = baked->RasterizerDensity * source->RasterizerDensity;
    auto const em = baked->Size / line_per_em;
    auto const drawn = host::glyph(utf8, em * density);
    if (advance) {
        std::free(drawn.alpha);
        *advance = drawn.advance / density;
        return true;
    }
    glyph->Codepoint = codepoint;
    glyph->AdvanceX = drawn.advance / density;
    if (drawn.alpha) {
        auto const pack = ImFontAtlasPackAddRect(atlas, drawn.width, drawn.height);
        if (pack != ImFontAtlasRectId_Invalid) {
            auto* rect = ImFontAtlasPackGetRect(atlas, pack);
            auto const top = em * ascent_per_em + static_cast<float>(drawn.top) / density;
            glyph->X0 = static_cast<float>(drawn.left) / density;
            glyph->Y0 = top;
            glyph->X1 = glyph->X0 + static_cast<float>(drawn.width) / density;
            glyph->Y1 = top + static_cast<float>(drawn.height) / density;
            glyph->Visible = true;
            glyph->PackId = pack;
            ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, source, glyph, rect, drawn.alpha, ImTextureFormat_Alpha8,
                                               drawn.width);
        }
        std::free(drawn.alpha);
    }
    return true;
}

}  // namespace

ImFontLoader const* system_glyph_loader() {
    static ImFontLoader loader = [] {
        ImFontLoader made;
        made.Name = "system";
        made.FontSrcContainsGlyph = contains;
        made.FontBakedLoadGlyph = load;
        return made;
    }();
    return &loader;
}

}  // namespace guanjia
