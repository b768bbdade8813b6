#pragma once
// Where the command line keeps photos: a folder beside the database, "desk.db.photos", each file named by its hash.

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/hash.h"
#include "core/procedure/refusal.h"

namespace guanjia {

class PhotoFolder {
public:
    explicit PhotoFolder(std::string const& database) : folder_{database + ".photos"} {}

    // Written beside and put in place whole. Refused: "photo.unreadable", "photo.not-kept".
    Result<Hash> keep(std::string_view bytes) const;
    // Nothing when it is not here, or no longer what it was.
    std::optional<std::string> find(Hash const& hash) const;
    // Lets go of the photos that are to go and have been here for a day: what was kept just now is still to be named.
    void forget(std::function<bool(Hash const&)> const& to_go) const;

private:
    std::filesystem::path path_of(Hash const& hash) const { return folder_ / format_hash(hash); }

    std::filesystem::path folder_;
};

// A file, at most photo_limit bytes of it.
std::optional<std::string> read_photo_file(std::filesystem::path const& path);

}  // namespace guanjia
