#pragma once
// Commands about repair orders.

#include "core/service/commands.h"
#include "core/service/repairs/model.h"

namespace guanjia {

struct BookVisit {
    Id<Ticket> ticket;
    LocalTime starts = no_time;
    LocalTime ends = no_time;
    Id<StaffMember> visitor;
    std::string note;
    static Description const description;
};

struct RecordRepairVisit {
    Id<Ticket> ticket;
    Id<StaffMember> worker;
    LocalTime arrived = no_time;
    LocalTime left = no_time;
    std::string work;
    Money labour;
    static Description const description;
};

struct RecordPart {
    Id<Ticket> ticket;
    std::string name;
    std::int64_t quantity = 1;
    std::string measure;
    Money price;
    Payer payer = Payer::none;
    static Description const description;
};

std::span<CommandSpec const> repair_commands();

}  // namespace guanjia
