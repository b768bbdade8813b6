#include "web/platform/canvas.h"

#include <GLES3/gl3.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <type_traits>

namespace guanjia {

namespace {

// 64 bits: two frames that look different and have the same fingerprint will not be seen in the life of a desk.
class Fingerprint {
public:
    void add(void const* data, std::size_t size) {
        auto const* bytes = static_cast<char const*>(data);
        std::size_t at = 0;
        // Four words at a time, none of which waits for another.
        for (; at + sizeof(std::uint64_t) * lanes <= size; at += sizeof(std::uint64_t) * lanes)
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                std::uint64_t word;
                std::memcpy(&word, bytes + at + lane * sizeof word, sizeof word);
                mix(lane, word);
            }
        for (; at < size; at += sizeof(std::uint64_t)) {
            std::uint64_t word = 0;
            std::memcpy(&word, bytes + at, std::min(sizeof word, size - at));
            mix(0, word);
        }
        mix(0, size);
    }
    template <typename Number>
    void add(Number const& number) {
        static_assert(std::is_arithmetic_v<Number>);
        add(&number, sizeof number);
    }
    std::uint64_t value() const {
        auto all = *this;
        for (std::size_t lane = 1; lane < lanes; ++lane) all.mix(0, values_[lane]);
        return all.values_[0];
    }

private:
    static constexpr std::size_t lanes = 4;
    void mix(std::size_t lane, std::uint64_t word) {
        auto& value = values_[lane];
        value = (value ^ word) * 0x9E3779B97F4A7C15ULL;
        value ^= value >> 32U;
    }
    std::array<std::uint64_t, lanes> values_{};
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
