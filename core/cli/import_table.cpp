#include "core/cli/import_table.h"

#include <algorithm>
#include <fstream>

#include "core/base/text.h"
#include "core/cli/json.h"
#include "core/desk/intake.h"
#include "core/tables/table_reader.h"

namespace guanjia {

namespace {

constexpr std::string_view fate_names[] = {"unread", "fresh", "known", "repeated", "refused"};

bool always() { return true; }

Result<Table> read_table(Session& session, std::string_view& format) {
    std::ifstream file{session.word(1), std::ios::binary};
    if (!file) return refuse("input.no-file", {"file"}, {{"file", session.word(1)}});
    // A byte more than is taken shows that there are more.
    std::string text(table_file_limit + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    std::size_t sheet = 0;
    if (auto const number = session.arguments.option("--sheet")) {
        static constexpr Field described = column("sheet", FieldType::integer);
        auto const value = parse_value(described, *number);
        if (!value || is_empty(*value) || std::get<std::int64_t>(*value) < 1)
            return refuse("input.unreadable", {"sheet"}, {{"field", "sheet"}});
        sheet = static_cast<std::size_t>(std::get<std::int64_t>(*value)) - 1;
    }
    TableReader reader{std::move(text), sheet};
    for (;;) {
        auto const finished = reader.step();
        if (!finished) return tl::unexpected{finished.error()};
        if (*finished) break;
    }
    format = reader.format();
    return reader.take_table();
}

// "Unique Key=origin,Descriptor=words": what these columns are; an empty field is none.
Result<void> map_columns(Table const& table, std::string_view given, IntakeMapping& mapping) {
    while (!given.empty()) {
        auto const end = std::min(given.find(','), given.size());
        auto const part = given.substr(0, end);
        given.remove_prefix(std::min(end + 1, given.size()));
        auto const equals = part.rfind('=');
        auto const refused = refuse("input.unreadable", {"columns"}, {{"field", std::string{part}}});
        if (equals == std::string_view::npos) return refused;
        auto const name = part.substr(equals + 1);
        auto const field = name.empty() ? IntakeField::none : intake_field(name);
        auto const heading = part.substr(0, equals);
        auto found = false;
        for (std::size_t place = 0; field && place < mapping.columns.size(); ++place) {
            if (table.cell(0, place) != heading && std::to_string(place + 1) != heading) continue;
            mapping.columns[place] = *field;
            found = true;
        }
        if (!found) return refused;
    }
    mapping.order = order_of_dates(table, mapping);
    return {};
}

Result<IntakeMapping> mapping_of(Session& session, Desk& desk, Table const& table) {
    auto const target = intake_target(session.word(2));
    if (!target) return refuse("input.unreadable", {"target"}, {{"field", session.word(2)}});
    auto mapping = proposed_mapping(desk, table, *target);
    if (auto const given = session.arguments.option("--columns"))
        if (auto const mapped = map_columns(table, *given, mapping); !mapped) return tl::unexpected{mapped.error()};
    if (auto const order = session.arguments.option("--dates"))
        mapping.order = *order == "day-first" ? DateOrder::day_first : DateOrder::month_first;
    if (auto const kind = session.arguments.option("--kind"))
        for (auto const& choice : ticket_kind_choices)
            if (choice.name == *kind) mapping.kind = static_cast<TicketKind>(choice.value);
    if (session.arguments.has("--keep-homes")) mapping.adds_units = false;
    return mapping;
}

}  // namespace

int import_table(Session& session) {
    auto desk = open_desk(session);
    if (!desk) return session.refused(desk.error(), exit_unusable);
    std::string_view format;
    auto const table = read_table(session, format);
    if (!table) return session.refused(table.error(), exit_unusable);
    auto const mapping = mapping_of(session, **desk, *table);
    if (!mapping) return session.refused(mapping.error(), exit_unusable);
    Intake intake{**desk, *table, *mapping, session.arguments.option("--by").value_or("")};
    if (auto const looked = intake.preview(always); !looked) return session.refused(looked.error(), exit_unusable);
    auto const only_preview = session.arguments.has("--preview");
    // A row that is refused while it is written ends a step; the others follow in the next.
    for (auto finished = only_preview; !finished;) {
        auto const written = intake.write(always);
        if (!written) return session.refused(written.error());
        finished = *written;
    }
    if (!only_preview)
        if (auto const kept = keep_mapping(**desk, *table, *mapping); !kept) return session.refused(kept.error());
    for (std::size_t row = 0; row < intake.rows(); ++row) {
        if (intake.fate(row) == RowFate::fresh) continue;
        Json line{{"row", intake.number(row)}, {"fate", fate_names[static_cast<std::size_t>(intake.fate(row))]}};
        if (auto const* why = intake.why(row)) line["refusal"] = json_of(*why, session.language);
        session.print(line);
    }
    Json columns = Json::array();
    for (std::size_t column = 0; column < mapping->columns.size(); ++column)
        if (mapping->columns[column] != IntakeField::none)
            columns.push_back(
                {{"column", mapping->has_heading ? std::string{table->cell(0, column)} : std::to_string(column + 1)},
                 {"field", name_of(mapping->columns[column])}});
    session.print({{"ok", true},
                   {"format", format},
                   {"rows", intake.rows()},
                   {only_preview ? "fresh" : "entered", intake.count(RowFate::fresh)},
                   {"known", intake.count(RowFate::known)},
                   {"repeated", intake.count(RowFate::repeated)},
                   {"refused", intake.count(RowFate::refused)},
                   {"columns", columns}});
    return intake.count(RowFate::refused) > 0 ? exit_refused : exit_accepted;
}

}  // namespace guanjia
