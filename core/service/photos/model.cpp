#include "core/service/photos/model.h"

#include "core/service/model.h"

namespace guanjia {

namespace {

constexpr Field photo_fields[] = {
    GUANJIA_FIELD(Photo, 1, ticket, indexed | subject),
    GUANJIA_FIELD(Photo, 2, hash, personal | indexed),
    GUANJIA_FIELD(Photo, 3, bytes),
};
constexpr Description const* descriptions[] = {&Photo::description};

}  // namespace

constexpr Description Photo::description{76, "photo", photo_fields};

std::span<Description const* const> photo_descriptions() { return descriptions; }

}  // namespace guanjia
