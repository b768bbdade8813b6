#include "web/widgets/pictures.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cstring>

namespace guanjia::ui {

namespace {

constexpr std::size_t bytes_limit = std::size_t{48} << 20;
constexpr int side_limit = 4096;

std::size_t size_of(ImTextureData const& texture) { return static_cast<std::size_t>(texture.GetSizeInBytes()); }

}  // namespace

Pictures::Pictures() = default;
Pictures::~Pictures() = default;

ImTextureData* Pictures::find(std::string const& key, int longest, bool& missing) {
    auto const [found, is_new] = held_.try_emplace({key, longest});
    if (is_new) wanted_.push_back({key, longest});
    found->second.drawn = frame_;
    missing = found->second.missing;
    return found->second.texture;
}

void Pictures::give(std::string const& key, int longest, int width, int height, unsigned char const* pixels) {
    auto const found = held_.find({key, longest});
    if (found == held_.end() || found->second.texture) return;
    if (width < 1 || height < 1 || width > side_limit || height > side_limit) {
        found->second.missing = true;
        return;
    }
    auto* texture = IM_NEW(ImTextureData)();
    texture->Create(ImTextureFormat_RGBA32, width, height);
    std::memcpy(texture->GetPixels(), pixels, size_of(*texture));
    ImGui::RegisterUserTexture(texture);
    bytes_ += size_of(*texture);
    found->second.texture = texture;
    found->second.missing = false;
}

void Pictures::let_go(ImTextureData* texture) {
    bytes_ -= size_of(*texture);
    texture->WantDestroyNextFrame = true;
    texture->UnusedFrames = 1;
    texture->SetStatus(ImTextureStatus_WantDestroy);
    going_.push_back(texture);
}

void Pictures::forget(std::string const& key) {
    for (auto each = held_.lower_bound({key, 0}); each != held_.end() && each->first.first == key;) {
        if (each->second.texture) let_go(each->second.texture);
        each = held_.erase(each);
    }
}

void Pictures::begin_frame() {
    std::erase_if(going_, [](ImTextureData* texture) {
        if (texture->Status != ImTextureStatus_Destroyed) {
            // A context that was lost and found has all textures made again, these too.
            texture->SetStatus(ImTextureStatus_WantDestroy);
            return false;
        }
        ImGui::UnregisterUserTexture(texture);
        IM_DELETE(texture);
        return true;
    });
    // What was drawn in the last frame stays, however much it is.
    while (bytes_ > bytes_limit) {
        auto oldest = held_.end();
        for (auto each = held_.begin(); each != held_.end(); ++each)
            if (each->second.texture && each->second.drawn < frame_ &&
                (oldest == held_.end() || each->second.drawn < oldest->second.drawn))
                oldest = each;
        if (oldest == held_.end()) break;
        let_go(oldest->second.texture);
        held_.erase(oldest);
    }
    ++frame_;
}

}  // namespace guanjia::ui
