#include "core/desk/documents.h"

#include <algorithm>
#include <iterator>

#include "core/registry/commands.h"
#include "core/service/forms.h"
#include "core/store/records.h"

namespace guanjia {

using namespace literals;

namespace {

struct FormSpec {
    std::string_view name;
    std::string_view clause;
    Result<FormValues> (*values)(Database& database, FormHead const& head, AnyId record);
};

template <class Entity, Result<FormValues> (*values)(Database&, FormHead const&, Id<Entity>)>
Result<FormValues> values_of(Database& database, FormHead const& head, AnyId record) {
    return values(database, head, Id<Entity>{record});
}

constexpr FormSpec form_specs[] = {
    {complaint_form, "RV-4.1", values_of<Ticket, complaint_values>},
    {visit_form, "RV-5", visit_values},
    {repair_form, "GEN-2.3", values_of<Ticket, repair_values>},
    {draw_form, "RV-4.2", values_of<WeeklyDraw, draw_values>},
    {step_card_form, "GEN-1.2", nullptr},
    {register_form, "RV-4.6", nullptr},
    {calendar_form, "GEN-2.1", nullptr},
};

struct Explained {
    std::string kind;
    Date on;
};
// A step card is of a kind and as it is worded today, or as it was for the ticket or reception of that number (GEN-S5).
Result<Explained> explained_in(Desk& desk, std::string_view record) {
    for (auto const& choice : ticket_kind_choices)
        if (choice.name == record) return Explained{std::string{record}, date_of(desk.now())};
    auto const id = desk.find_record(nullptr, record, "id");
    if (!id) return refuse("GEN-1.2"_clause, "form.wrong-record", {"id"});
    if (auto const ticket = load(desk.database(), Id<Ticket>{*id}))
        return Explained{std::string{name_of(ticket->value.kind)}, date_of(ticket->occurred_at)};
    if (auto const reception = load(desk.database(), Id<Reception>{*id}))
        return Explained{reception->value.explained, date_of(reception->occurred_at)};
    return refuse("GEN-1.2"_clause, "form.wrong-record", {"id"});
}

}  // namespace

std::vector<FormInfo> desk_forms() {
    std::vector<FormInfo> forms;
    for (auto const& spec : form_specs)
        forms.push_back({spec.name, spec.clause, sentence(Language::chinese, "form." + std::string{spec.name})});
    return forms;
}

Result<std::string> print_form(Desk& desk, std::string_view form, std::string_view record, std::optional<AnyId> by) {
    return guarded([&]() -> Result<std::string> {
        auto const* spec = std::find_if(std::begin(form_specs), std::end(form_specs),
                                        [&](FormSpec const& known) { return known.name == form; });
        if (spec == std::end(form_specs)) return refuse("form.unknown", {"form"}, {{"form", std::string{form}}});
        auto const& rules = desk.projection().rules();
        // A step card is of a kind, register and calendar are of a period, not of a record.
        if (!spec->values) {
            FormHead const head{desk.identity().centre_name, desk.now(), rules.parameters(), rules.wordings()};
            if (form == register_form && by &&
                !roles_of(desk.database(), Id<StaffMember>{*by}).meets({Role::manager_assistant, Role::manager}))
                return refuse("RV-4.6"_clause, "role.office-or-manager", {"by"});
            auto const explained = form == step_card_form ? explained_in(desk, record) : Result<Explained>{Explained{}};
            if (!explained) return tl::unexpected{explained.error()};
            auto const values = form == register_form   ? register_values(desk.database(), head, record)
                                : form == calendar_form ? calendar_values(desk.database(), head, record)
                                                        : step_card_values(head, explained->kind, explained->on);
            if (!values) return tl::unexpected{values.error()};
            return fill_form(form, *values);
        }
        auto const id = desk.find_record(nullptr, record, "id");
        if (!id) return tl::unexpected{id.error()};
        // The paper is that of the centre where it happened, wherever it is printed.
        auto centre = desk.identity().centre_name;
        for (auto const& known : desk.journal().desks())
            if (known.incarnation == id->incarnation) centre = known.centre_name;
        FormHead const head{centre, desk.now(), rules.parameters(), rules.wordings()};
        auto const values = spec->values(desk.database(), head, *id);
        if (!values) return tl::unexpected{values.error()};
        return fill_form(form, *values);
    });
}

}  // namespace guanjia
