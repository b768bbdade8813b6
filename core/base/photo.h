#pragma once
// The bytes of a photo, as they are kept and carried: scaled down by whoever took it in.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace guanjia {

// Larger is not kept, and no file of ours carries it: one fits a frame of a slice.
inline constexpr std::size_t photo_limit = std::size_t{768} << 10;
// Pixels of a side: what a small file may unfold into is bounded as well.
inline constexpr std::uint32_t photo_side_limit = 8192;

struct PictureSize {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
};
// As the head of a JPEG or PNG picture says; nothing when it is neither.
std::optional<PictureSize> picture_size(std::string_view bytes);

// Whether bytes are a JPEG or PNG picture by their head, within both limits.
bool is_photo(std::string_view bytes);

}  // namespace guanjia
