#include "core/base/photo.h"

namespace guanjia {

using namespace std::literals;

namespace {

std::uint32_t big_endian(std::string_view bytes) {
    std::uint32_t number = 0;
    for (auto const byte : bytes) number = number << 8 | static_cast<unsigned char>(byte);
    return number;
}

// JPEG: segments of a marker and a length, one of which (a start of frame) tells the size; the picture follows them.
std::optional<PictureSize> jpeg_size(std::string_view bytes) {
    bytes.remove_prefix(2);
    while (bytes.size() >= 9 && bytes[0] == '\xFF') {
        auto const marker = static_cast<unsigned char>(bytes[1]);
        if (marker == 0xFF) {  // filling
            bytes.remove_prefix(1);
            continue;
        }
        auto const is_frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (is_frame) return PictureSize{big_endian(bytes.substr(7, 2)), big_endian(bytes.substr(5, 2))};
        auto const length = big_endian(bytes.substr(2, 2));
        if (marker == 0xDA || length < 2 || length + 2 > bytes.size()) break;
        bytes.remove_prefix(length + 2);
    }
    return std::nullopt;
}

}  // namespace

std::optional<PictureSize> picture_size(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xD8\xFF"sv)) return jpeg_size(bytes);
    if (bytes.starts_with("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR"sv) && bytes.size() >= 24)
        return PictureSize{big_endian(bytes.substr(16, 4)), big_endian(bytes.substr(20, 4))};
    return std::nullopt;
}

bool is_photo(std::string_view bytes) {
    if (bytes.size() > photo_limit) return false;
    auto const size = picture_size(bytes);
    return size && size->width > 0 && size->width <= photo_side_limit && size->height > 0 &&
           size->height <= photo_side_limit;
}

}  // namespace guanjia
