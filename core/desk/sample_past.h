#pragma once
// The past of the sample centre, as commands in the order of time: the register of an estate of 1,200 homes, a month of
// ordinary finished work put together from assets/sample/month.json, and the story of now as assets/sample/centre.json
// tells it. The same moment and seed give the same commands, whatever the library and the machine.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "core/procedure/calendar.h"

namespace guanjia {

struct SampleCommand {
    struct Given {
        std::string_view field;
        std::string text;
        int record = -1;  // instead of a text: what the command that `adds` this has added
    };
    LocalTime at;
    std::string_view command;
    std::string_view by;
    std::vector<Given> fields;
    int adds = -1;  // the number by which later commands know the first record that it adds
};

struct SamplePast {
    std::vector<SampleCommand> commands;
    int records = 0;  // 0…records - 1 are known by a number
    int person = -1;  // of them the one who is at the desk
};

// Everything of the month is finished, and visited again where that is due, before the day of `now`: what is open and
// what is late on Today is the story's alone.
SamplePast sample_past(LocalTime now, Calendar const& calendar, WorkingHours hours, std::uint64_t seed);

}  // namespace guanjia
