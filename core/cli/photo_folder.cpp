#include "core/cli/photo_folder.h"

#include <chrono>
#include <fstream>
#include <vector>

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

void PhotoFolder::forget(std::function<bool(Hash const&)> const& to_go) const {
    auto const day_ago = std::filesystem::file_time_type::clock::now() - std::chrono::hours{24};
    std::vector<std::filesystem::path> going;
    std::error_code failed;
    for (auto const& file : std::filesystem::directory_iterator{folder_, failed}) {
        auto const hash = parse_hash(file.path().filename().string());
        std::error_code unknown;
        if (hash && file.last_write_time(unknown) < day_ago && !unknown && to_go(*hash)) going.push_back(file.path());
    }
    for (auto const& path : going) std::filesystem::remove(path, failed);
}

std::optional<std::string> PhotoFolder::find(Hash const& hash) const {
    auto bytes = read_photo_file(path_of(hash));
    if (!bytes || hash_of(*bytes) != hash) return std::nullopt;
    return bytes;
}

}  // namespace guanjia
