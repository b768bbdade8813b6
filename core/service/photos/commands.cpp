#include "core/service/photos/commands.h"

#include "core/service/photos/rules.h"

namespace guanjia {

namespace {

constexpr Field add_photo_fields[] = {
    GUANJIA_FIELD(AddPhoto, 1, ticket, required),
    GUANJIA_FIELD(AddPhoto, 2, hash, required),
    GUANJIA_FIELD(AddPhoto, 3, bytes, required),
};

Result<Plan> decide_add_photo(CommandContext const& context, AddPhoto const& command) {
    return decide_step<Photo>(context, add_photo, {command.ticket, command.hash, command.bytes});
}

constexpr CommandSpec commands[] = {command_spec<AddPhoto, decide_add_photo>()};

}  // namespace

constexpr Description AddPhoto::description{0, "add_photo", add_photo_fields};

std::span<CommandSpec const> photo_commands() { return commands; }

}  // namespace guanjia
