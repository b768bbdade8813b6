#pragma once
// Repair orders (GEN-2, 《维修单》): visits booked and made, labour and parts.

#include "core/base/description.h"
#include "core/registry/model.h"

namespace guanjia {

struct Ticket;

// A visit agreed with the customer.
struct Appointment {
    Id<Ticket> ticket;
    LocalTime starts = no_time;
    LocalTime ends = no_time;
    Id<StaffMember> visitor;
    std::string note;
    static Description const description;
};

// A trip of a repair; the second one of an order is rework or a second trip (GEN-S1).
struct RepairVisit {
    Id<Ticket> ticket;
    Id<StaffMember> worker;
    LocalTime arrived = no_time;
    LocalTime left = no_time;
    std::string work;
    Money labour;  // at the customer's cost
    static Description const description;
};

enum class Payer : std::uint8_t { none = 0, centre = 1, customer = 2 };
inline constexpr Choice payer_choices[] = {{1, "centre"}, {2, "customer"}};
template <>
inline constexpr std::span<Choice const> choices_of<Payer>{payer_choices};

struct PartUsed {
    Id<Ticket> ticket;
    std::string name;
    std::int64_t quantity = 0;
    std::string measure;  // "个", "米"
    Money price;          // of one
    Payer payer = Payer::none;
    static Description const description;
};

std::span<Description const* const> repair_descriptions();

}  // namespace guanjia
