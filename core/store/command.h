#pragma once
// A command: what a person asks for, as a plain struct with a description. An area lists its commands with the function
// that loads what the rule needs and asks the rule; Desk finds them by name, so that the command line, the interface
// and the list of commands all follow from the same table.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/description.h"
#include "core/procedure/occasion.h"
#include "core/procedure/refusal.h"
#include "core/store/database.h"

namespace guanjia {

struct CommandContext {
    Database& database;
    Occasion const& occasion;
    std::string_view desk_letter;
    std::uint64_t given;  // bit n: the command's n-th field was given

    template <class Command, class Member>
    bool has(Member Command::*member) const {
        static Command const probe{};
        auto const offset = static_cast<std::size_t>(reinterpret_cast<char const*>(&(probe.*member)) -
                                                     reinterpret_cast<char const*>(&probe));
        for (std::size_t place = 0; place < Command::description.fields.size(); ++place)
            if (Command::description.fields[place].offset == offset) return (given >> place & 1) != 0;
        return false;
    }
};

// A value for each field that was given; places are those of the description.
struct GivenField {
    std::size_t place;
    Value value;
};

struct CommandSpec {
    Description const* description;
    // May be given while no manager is recorded yet, by nobody.
    bool while_setting_up;
    // Its occasion has chance in it.
    bool draws_lots;
    Result<Plan> (*run)(Database& database, Occasion const& occasion, std::string_view desk_letter,
                        std::span<GivenField const> given);
};

template <class Command, Result<Plan> (*decide)(CommandContext const&, Command const&)>
Result<Plan> run_command(Database& database, Occasion const& occasion, std::string_view desk_letter,
                         std::span<GivenField const> given) {
    Command command;
    std::uint64_t mask = 0;
    for (auto const& field : given) {
        auto const& described = Command::description.fields[field.place];
        if (!assign(described, &command, field.value))
            return refuse("input.out-of-range", {std::string{described.name}});
        mask |= std::uint64_t{1} << field.place;
    }
    return decide(CommandContext{database, occasion, desk_letter, mask}, command);
}

template <class Command, Result<Plan> (*decide)(CommandContext const&, Command const&)>
constexpr CommandSpec command_spec(bool while_setting_up = false) {
    return {&Command::description, while_setting_up, false, &run_command<Command, decide>};
}
template <class Command, Result<Plan> (*decide)(CommandContext const&, Command const&)>
constexpr CommandSpec lot_command_spec() {
    return {&Command::description, false, true, &run_command<Command, decide>};
}

// The next number for people: "TS-20261123-A003" = prefix, business day, desk, and how many of the prefix that day.
std::string next_number(Database& database, Description const& kind, std::string_view prefix, Date day,
                        std::string_view desk_letter);

}  // namespace guanjia
