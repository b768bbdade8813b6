#pragma once
// Photos of a ticket: what was found, what was done. Their bytes lie outside the database, by hash: natively in a
// folder, in the page in IndexedDB.

#include "core/base/description.h"
#include "core/registry/model.h"

namespace guanjia {

struct Ticket;

struct Photo {
    Id<Ticket> ticket;
    std::string hash;  // of its bytes, 64 hexadecimal digits: with this the photo itself is gone when it is erased
    std::int64_t bytes = 0;  // how many
    static Description const description;
};

std::span<Description const* const> photo_descriptions();

}  // namespace guanjia
