#include "web/platform/canvas.h"

#include <GLES3/gl3.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace guanjia {

namespace {

// 64 bits: two frames that look different and have the same fingerprint will not be seen in the life of a desk.
class Fingerprint {
public:
    void add(void const* data, std::size_t size) {
        auto const* bytes = static_cast<char const*>(data);
        for (std::size_t at = 0; at < size; at += sizeof(std::uint64_t)) {
            std::uint64_t word = 0;
            std::memcpy(&word, bytes + at, std::min(sizeof word, size - at));
            mix(word);
        }
        mix(size);
    }
    template <typename Number>
    void add(Number const& number) {
        static_assert(std::is_arithmetic_v<Number>);
        add(&number, sizeof number);
    }
    std::uint64_t value() const { return value_; }

private:
    void mix(std::uint64_t word) {
        value_ = (value_ ^ word) * 0x9E3779B97F4A7C15ULL;
        value_ ^= value_ >> 32U;
    }
    std::uint64_t value_ = 0;
};

// Nothing when it has to be drawn in any case: a texture is new or has changed.
std::optional<std::uint64_t> fingerprint(ImDrawData const& wanted, ImU32 background) {
    if (wanted.Textures)
        for (auto const* texture : *wanted.Textures)
            if (texture->Status != ImTextureStatus_OK) return std::nullopt;
    Fingerprint print;
    print.add(background);
    print.add(wanted.DisplaySize.x);
    print.add(wanted.DisplaySize.y);
    for (auto const* list : wanted.CmdLists) {
        print.add(list->VtxBuffer.Data, static_cast<std::size_t>(list->VtxBuffer.size_in_bytes()));
        print.add(list->IdxBuffer.Data, static_cast<std::size_t>(list->IdxBuffer.size_in_bytes()));
        for (auto const& command : list->CmdBuffer) {
            print.add(&command.ClipRect, sizeof command.ClipRect);
            print.add(command.GetTexID());
            print.add(command.VtxOffset);
            print.add(command.IdxOffset);
            print.add(command.ElemCount);
        }
    }
    return print.value();
}

}  // namespace

void Canvas::draw(ImDrawData& wanted, ImU32 background, float pixels_wide, float pixels_high) {
    auto const print = fingerprint(wanted, background);
    if (print && print == shown_) return;
    glViewport(0, 0, static_cast<GLsizei>(pixels_wide), static_cast<GLsizei>(pixels_high));
    auto const color = ImGui::ColorConvertU32ToFloat4(background);
    glClearColor(color.x, color.y, color.z, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(&wanted);
    shown_ = print;
}

}  // namespace guanjia
