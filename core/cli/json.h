#pragma once
// The command line speaks JSON lines. Exceptions of the JSON library stop here.

#include <nlohmann/json.hpp>

#include "core/base/strings.h"
#include "core/desk/desk.h"
#include "core/desk/handover.h"

namespace guanjia {

using Json = nlohmann::ordered_json;

// Longest line of input, in bytes.
inline constexpr std::size_t line_limit = std::size_t{1} << 20;

// One line of input as a request. Refused: "input.not-json", "input.not-object", "input.field-type".
Result<Request> read_request(std::string_view line);

Json json_of(Refusal const& refusal, Language language);
// A guard that may be overridden, and by whom.
Json json_of(GuardRow const& guard, Language language);
Json json_of(Accepted const& accepted);
Json json_of(Row const& row);
Json json_of(DutyRow const& row, Desk& desk);
Json json_of(Conflict const& conflict);
Json json_of(SliceHeader const& header);
Json json_of(ImportReport const& report);
Json json_of(DeskStanding const& standing);
Json json_of(Entry const& entry, Hash const& hash, Schema const& schema);
Json json_of(CommandSpec const& command, Language language);
Json json_of(QuerySpec const& query);
// One line, without bytes that are not UTF-8.
std::string line_of(Json const& json);

}  // namespace guanjia
