#pragma once
// Facts that every area shares and the store itself must understand: which records are void, whose personal data are
// erased, which conflicts a person has settled, which parameters, wordings and calendars hold.
// Description numbers 1–19.

#include "core/base/description.h"

namespace guanjia {

// A record was entered by mistake. It stays in the journal and in its table; nothing counts it any more.
struct Voiding {
    AnyId record;
    AnyId about;  // the subject whose state changes with it (a ticket), or the record itself
    std::string reason;
    static Description const description;
};

// A person's data are gone from this record on, wherever it has travelled (个人信息保护法 47).
struct Erasure {
    AnyId data_subject;
    std::string reason;
    static Description const description;
};

// A person looked at masked data.
struct Reveal {
    AnyId record;
    std::string reason;
    static Description const description;
};

// Two desks changed the same attribute without seeing each other; a person has looked and kept the newer value.
struct ConflictSettlement {
    AnyId record;
    std::int64_t field = 0;  // its number in the record's description
    std::int64_t losing_ticks = 0;
    std::string losing_desk;  // incarnation
    std::string reason;
    static Description const description;
};

struct ParameterChange {
    std::string name;
    std::int64_t value = 0;
    Date effective_from = no_date;
    std::string reason;
    static Description const description;
};

// A text that a centre words for itself (core/procedure/wordings.h).
struct WordingChange {
    std::string name;
    std::string text;
    Date effective_from = no_date;
    std::string reason;
    static Description const description;
};

// One year of the working calendar, in the text form of core/procedure/calendar.h.
struct CalendarLoad {
    std::int64_t year = 0;
    std::string days;
    std::string source;
    static Description const description;
};

// A guard was passed by the word of someone entitled to it (core/procedure/guards.h); one for the entry that it is in.
struct Override {
    AnyId about;         // the subject of the record: its ticket, or the record itself
    AnyId record;        // what was added, or changed, although the guard was in the way
    std::string guard;   // by name: a peer may not know it yet
    std::string clause;  // of the guard, likewise
    AnyId entitled;      // the person whose word it is; who entered it is recorded_by
    std::string reason;
    static Description const description;
};

std::span<Description const* const> procedure_descriptions();

}  // namespace guanjia
