#pragma once
// View rows of photos, and which of them a store need keep.

#include <span>
#include <string>
#include <vector>

#include "core/base/hash.h"
#include "core/base/id.h"
#include "core/store/journal.h"
#include "core/store/query.h"

namespace guanjia {

std::span<QuerySpec const> photo_queries();

// The photos that a range of a desk's entries names, once each and without those that are void.
std::vector<Hash> photos_in(Database& database, Incarnation incarnation, EntryRange range);
// Whether a photo with that hash belongs to a ticket here and is not void.
bool is_photo_wanted(Database& database, Hash const& hash);
// Whether anything names it, void or not: what is void may be looked into.
bool is_photo_named(Database& database, Hash const& hash);

}  // namespace guanjia
