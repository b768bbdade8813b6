#pragma once
// Taking back what was entered last, by a command like any other (docs/decisions/0014-taking-back.md): a step is made
// void, a role that was given is taken away, an attribute gets the value that it had before.

#include <cstdint>
#include <string_view>

#include "core/base/strings.h"
#include "core/desk/desk.h"

namespace guanjia {

// The request that takes an accepted entry of this desk back, asked for by `by` (code or id), who did it or is the
// manager; whoever submits it at once will find it accepted. `language`: of the reason that is recorded with it.
// Refused: "undo.unknown" (no such entry of this desk), "undo.not-yours", "undo.not-undoable", "undo.built-upon" (more
// has been entered about it since), "undo.changed-since", "undo.changes-nothing", "undo.erased", and whatever the
// correcting command is refused for.
Result<Request> undo_request(Desk& desk, std::uint64_t entry, std::string_view by,
                             Language language = Language::chinese);

}  // namespace guanjia
