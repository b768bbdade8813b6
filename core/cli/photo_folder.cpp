#include "core/cli/photo_folder.h"

#include <fstream>

#include "core/base/photo.h"

namespace guanjia {

std::optional<std::string> read_photo_file(std::filesystem::path const& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) return std::nullopt;
    std::string bytes(photo_limit + 1, '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    return bytes;
}

Result<Hash> PhotoFolder::keep(std::string_view bytes) const {
    if (!is_photo(bytes)) return refuse("photo.unreadable", {"file"}, {{"limit", std::to_string(photo_limit / 1024)}});
    auto const hash = hash_of(bytes);
    std::error_code failed;
    std::filesystem::create_directories(folder_, failed);
    auto const partial = folder_ / (format_hash(hash) + ".partial");
    {
        std::ofstream file{partial, std::ios::binary | std::ios::trunc};
        file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        file.close();
        if (!file) return refuse("photo.not-kept", {"file"});
    }
    std::filesystem::rename(partial, path_of(hash), failed);
    if (failed) return refuse("photo.not-kept", {"file"});
    return hash;
}

std::optional<std::string> PhotoFolder::find(Hash const& hash) const {
    auto bytes = read_photo_file(path_of(hash));
    if (!bytes || hash_of(*bytes) != hash) return std::nullopt;
    return bytes;
}

}  // namespace guanjia
