#pragma once
// Commands about photos.

#include "core/service/commands.h"
#include "core/service/photos/model.h"

namespace guanjia {

struct AddPhoto {
    Id<Ticket> ticket;
    std::string hash;
    std::int64_t bytes = 0;
    static Description const description;
};

std::span<CommandSpec const> photo_commands();

}  // namespace guanjia
