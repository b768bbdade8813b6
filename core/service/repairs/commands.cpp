#include "core/service/repairs/commands.h"

#include "core/service/repairs/rules.h"
#include "core/store/records.h"

namespace guanjia {

namespace {

constexpr Field book_visit_fields[] = {
    GUANJIA_FIELD(BookVisit, 1, ticket, required),
    GUANJIA_FIELD(BookVisit, 2, starts),
    GUANJIA_FIELD(BookVisit, 3, ends),
    GUANJIA_FIELD(BookVisit, 4, visitor),
    GUANJIA_FIELD(BookVisit, 5, note, long_text),
};
constexpr Field record_repair_visit_fields[] = {
    GUANJIA_FIELD(RecordRepairVisit, 1, ticket, required), GUANJIA_FIELD(RecordRepairVisit, 2, worker),
    GUANJIA_FIELD(RecordRepairVisit, 3, arrived),          GUANJIA_FIELD(RecordRepairVisit, 4, left),
    GUANJIA_FIELD(RecordRepairVisit, 5, work, long_text),  GUANJIA_FIELD(RecordRepairVisit, 6, labour),
};
constexpr Field record_part_fields[] = {
    GUANJIA_FIELD(RecordPart, 1, ticket, required),
    GUANJIA_FIELD(RecordPart, 2, name),
    GUANJIA_FIELD(RecordPart, 3, quantity),
    GUANJIA_FIELD(RecordPart, 4, measure),
    GUANJIA_FIELD(RecordPart, 5, price),
    GUANJIA_FIELD(RecordPart, 6, payer),
};

// Appointments of the visitor that reach into that time.
std::vector<Stored<Appointment>> appointments_of(Database& database, Id<StaffMember> visitor, LocalTime from,
                                                 LocalTime until) {
    static std::string const sql = select_records(
        Appointment::description,
        "visitor = ?1 AND starts < ?3 AND ends > ?2 AND NOT EXISTS (SELECT 1 FROM voiding WHERE record IN "
        "(appointment.id, appointment.ticket)) ORDER BY starts, id LIMIT 10");
    auto statement = database.prepare(sql);
    statement.bind(visitor.any).bind(from.seconds).bind(until.seconds);
    std::vector<Stored<Appointment>> found;
    while (statement.step()) found.push_back(read_stored<Appointment>(statement));
    return found;
}

Result<Plan> decide_book_visit(CommandContext const& context, BookVisit const& command) {
    return need_ticket(context.database, command.ticket).and_then([&](TicketFacts const& facts) {
        auto const hour_later = LocalTime{command.starts.seconds + (has_time(command.starts) ? 3600 : 0)};
        auto const others = appointments_of(context.database, command.visitor, command.starts,
                                            has_time(command.ends) ? command.ends : hour_later);
        return book_visit(context.occasion, facts,
                          {command.ticket, command.starts, command.ends, command.visitor, command.note}, others);
    });
}

Result<Plan> decide_record_repair_visit(CommandContext const& context, RecordRepairVisit const& command) {
    return decide_step<RepairVisit>(
        context, record_repair_visit,
        {command.ticket, command.worker, command.arrived, command.left, command.work, command.labour});
}

Result<Plan> decide_record_part(CommandContext const& context, RecordPart const& command) {
    return decide_step<PartUsed>(
        context, record_part,
        {command.ticket, command.name, command.quantity, command.measure, command.price, command.payer});
}

constexpr CommandSpec commands[] = {
    command_spec<BookVisit, decide_book_visit>(),
    command_spec<RecordRepairVisit, decide_record_repair_visit>(),
    command_spec<RecordPart, decide_record_part>(),
};

}  // namespace

constexpr Description BookVisit::description{0, "book_visit", book_visit_fields};
constexpr Description RecordRepairVisit::description{0, "record_repair_visit", record_repair_visit_fields};
constexpr Description RecordPart::description{0, "record_part", record_part_fields};

std::span<CommandSpec const> repair_commands() { return commands; }

}  // namespace guanjia
