#pragma once
// Something someone must do by a time, under a clause. A duty is computed from its subject's facts; whether it was kept
// is computed when asked and never stored.

#include <cstdint>
#include <string>

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/procedure/clause.h"
#include "core/procedure/role.h"

namespace guanjia {

struct Duty {
    Clause clause;
    AnyId subject;
    // Tells duties of one clause and subject apart: which closing, which hand-over. Part of the duty's identity.
    std::string period;
    Role role = Role::none;  // whose duty it is …
    AnyId person;            // … and who of them, when someone is named
    LocalTime opens = no_time;
    LocalTime due = no_time;
    LocalTime done = no_time;
    std::uint64_t done_ticks = 0;  // of the stamp of what did it: a calendar loaded later does not re-date it
    bool provisional = false;      // due beyond the last year that the working calendar knows

    friend bool operator==(Duty const&, Duty const&) = default;
};

enum class DutyStatus : std::uint8_t { open = 1, overdue = 2, kept = 3, late = 4 };

inline DutyStatus status_of(LocalTime due, LocalTime done, LocalTime at) {
    if (has_time(done) && done <= at) return done <= due ? DutyStatus::kept : DutyStatus::late;
    return at <= due ? DutyStatus::open : DutyStatus::overdue;
}

}  // namespace guanjia
