#include "core/service/photos/rules.h"

#include <algorithm>

#include "core/base/hash.h"
#include "core/base/photo.h"

namespace guanjia {

using namespace literals;

// GEN-3.1: what the customer shows is kept as the customer's words are.
Result<Plan> add_photo(Occasion const& occasion, TicketFacts const& facts, Photo photo) {
    if (!occasion.roles.meets(desk_and_workers))
        return refuse("GEN-3.1"_clause, "role.front-desk-or-supervisor", {"by"});
    if (auto checked = check_not_void(facts); !checked) return tl::unexpected{checked.error()};
    if (auto checked = check_time(occasion, facts); !checked) return tl::unexpected{checked.error()};
    if (!parse_hash(photo.hash)) return refuse("photo.not-a-hash", {"hash"});
    if (photo.bytes < 1 || photo.bytes > static_cast<std::int64_t>(photo_limit))
        return refuse("photo.too-large", {"bytes"}, {{"limit", std::to_string(photo_limit / 1024)}});
    if (std::any_of(facts.photos.begin(), facts.photos.end(),
                    [&](auto const& known) { return known.value.hash == photo.hash; }))
        return refuse("photo.known", {"hash"});
    auto plan = occasion.plan();
    plan.under("GEN-3.1"_clause).add(photo);
    return plan;
}

}  // namespace guanjia
