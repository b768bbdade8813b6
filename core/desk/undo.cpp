#include "core/desk/undo.h"

#include <algorithm>
#include <set>

#include "core/base/text.h"
#include "core/procedure/model.h"
#include "core/registry/commands.h"
#include "core/registry/queries.h"
#include "core/service/commands.h"
#include "core/store/records.h"

namespace guanjia {

namespace {

// An entry of this desk with what it takes to take it back.
class Undo {
public:
    Undo(Desk& desk, Entry entry, std::string_view by, std::string reason)
        : desk_{desk}, entry_{std::move(entry)}, by_{by}, reason_{std::move(reason)} {}

    Result<Request> request() const {
        if (entry_.facts.empty()) return changes_back();
        if (!entry_.changes.empty()) return refuse("undo.not-undoable", {"entry"});
        auto const kind = entry_.facts.front().kind;
        if (kind == RoleGrant::description.number) return other_word_on_role();
        if (kind == ParameterChange::description.number) return number_before();
        if (kind == WordingChange::description.number) return text_before();
        return voiding();
    }

private:
    Request request_for(std::string_view command, std::vector<std::pair<std::string, std::string>> fields) const {
        return {std::string{command}, std::string{by_}, {}, std::move(fields)};
    }

    // A step, a ticket or a reception is void, with all that the entry added.
    Result<Request> voiding() const {
        auto const record = entry_.id_of(0);
        if (is_void(desk_.database(), record)) return refuse("voiding.done-already", {"entry"});
        auto request = request_for(VoidRecord::description.name, {{"record", format_id(record)}, {"reason", reason_}});
        auto const plan = desk_.rehearse(request);
        if (!plan && plan.error().reason == "voiding.unknown") return refuse("undo.not-undoable", {"entry"});
        if (!plan) return tl::unexpected{plan.error()};
        if (is_built_upon(record)) return refuse("undo.built-upon", {"entry"});
        if (!voids_everything(*plan)) return refuse("undo.not-undoable", {"entry"});
        return request;
    }

    bool is_built_upon(AnyId record) const {
        auto& database = desk_.database();
        auto const& fact = entry_.facts.front();
        if (fact.kind == Reception::description.number) {
            auto tickets = database.prepare(
                "SELECT 1 FROM ticket WHERE reception = ? AND NOT EXISTS (SELECT 1 FROM voiding WHERE record = "
                "ticket.id)");
            tickets.bind(record);
            return tickets.step();
        }
        auto const whole = fact.kind == Ticket::description.number;
        auto const facts = load_ticket(database, Id<Ticket>{whole ? record : subject_of(fact)});
        if (facts && has_steps_since(*facts, entry_.stamp())) return true;
        if (!whole) return false;
        auto changes = database.prepare("SELECT 1 FROM attribute_change WHERE entity = ?");
        changes.bind(record);
        return changes.step();
    }

    static AnyId subject_of(Fact const& fact) {
        auto const* kind = desk_schema().find(fact.kind);
        for (auto const& value : fact.fields) {
            auto const* field = kind ? kind->find(value.field) : nullptr;
            auto const* about = std::get_if<AnyId>(&value.value);
            if (field && about && field->has(subject)) return *about;
        }
        return {};
    }

    bool voids_everything(Plan const& plan) const {
        std::set<AnyId> voided;
        for (auto const& planned : plan.facts())
            for (auto const& field : planned.fields)
                if (auto const* id = std::get_if<AnyId>(&field.value)) voided.insert(*id);
        // With a ticket goes all that is about it.
        if (entry_.facts.front().kind == Ticket::description.number) {
            auto const ticket = entry_.id_of(0);
            return voided.contains(ticket) && std::all_of(entry_.facts.begin() + 1, entry_.facts.end(),
                                                          [&](Fact const& fact) { return subject_of(fact) == ticket; });
        }
        for (std::size_t place = 0; place < entry_.facts.size(); ++place)
            if (!voided.contains(entry_.id_of(place))) return false;
        return true;
    }

    // What was given is taken away and the other way round, unless the person had it, or had it not, before.
    Result<Request> other_word_on_role() const {
        auto const grant = load(desk_.database(), Id<RoleGrant>{entry_.id_of(0)});
        if (!grant) return refuse("undo.not-undoable", {"entry"});
        auto words = desk_.database().prepare(
            "SELECT id, granted FROM role_grant WHERE staff = ? AND role = ? ORDER BY stamp, id");
        words.bind(grant->value.staff.any).bind(static_cast<std::int64_t>(grant->value.role));
        auto before = false;
        while (words.step() && words.id(0) != grant->id.any) before = words.integer(1) != 0;
        if (words.step()) return refuse("undo.changed-since", {"entry"});
        if (before == grant->value.granted) return refuse("undo.changes-nothing", {"entry"});
        auto const& command = grant->value.granted ? RevokeRole::description : GrantRole::description;
        return rehearsed(request_for(command.name, {{"staff", format_id(grant->value.staff.any)},
                                                    {"role", std::string{name_of(grant->value.role)}}}));
    }

    // GEN-S5: the number that would hold from that day on without this change; for days gone by the rule refuses it.
    Result<Request> number_before() const {
        auto const change = load(desk_.database(), Id<ParameterChange>{entry_.id_of(0)});
        auto const parameter = change ? find_parameter(change->value.name) : std::nullopt;
        if (!parameter) return refuse("undo.not-undoable", {"entry"});
        Parameters without;
        for (auto const& known : desk_.projection().rules().parameters().history(*parameter)) {
            if (known.stamp == entry_.stamp()) continue;
            if (known.effective_from == change->value.effective_from && known.stamp > entry_.stamp())
                return refuse("undo.changed-since", {"entry"});
            without.set(known);
        }
        auto const before = without.at(*parameter, change->value.effective_from);
        if (before == change->value.value) return refuse("undo.changes-nothing", {"entry"});
        return rehearsed(
            request_for(SetParameter::description.name, {{"name", change->value.name},
                                                         {"value", std::to_string(before)},
                                                         {"effective_from", format_date(change->value.effective_from)},
                                                         {"reason", reason_}}));
    }

    // GEN-S5: likewise the text.
    Result<Request> text_before() const {
        auto const change = load(desk_.database(), Id<WordingChange>{entry_.id_of(0)});
        auto const* wording = change ? find_wording(change->value.name) : nullptr;
        if (!wording) return refuse("undo.not-undoable", {"entry"});
        Wordings without;
        for (auto const& known : desk_.projection().rules().wordings().history(*wording)) {
            if (known.stamp == entry_.stamp()) continue;
            if (known.effective_from == change->value.effective_from && known.stamp > entry_.stamp())
                return refuse("undo.changed-since", {"entry"});
            without.set(*wording, known);
        }
        auto const from = change->value.effective_from;
        return rehearsed(request_for(SetWording::description.name, {{"name", change->value.name},
                                                                    {"text", std::string{without.at(*wording, from)}},
                                                                    {"effective_from", format_date(from)},
                                                                    {"reason", reason_}}));
    }

    // The same command with the values that its changes replaced.
    Result<Request> changes_back() const {
        auto const* spec = find_command(entry_.command);
        if (!spec || entry_.changes.empty()) return refuse("undo.not-undoable", {"entry"});
        auto const entity = entry_.changes.front().entity;
        auto const* kind = desk_schema().find(entry_.changes.front().kind);
        std::vector<std::pair<std::string, std::string>> fields;
        for (auto const& field : spec->description->fields)
            if (kind && field.target == kind && fields.empty()) fields.emplace_back(field.name, format_id(entity));
        std::vector<Value> before;
        for (auto const& change : entry_.changes) {
            auto const* changed = kind && change.entity == entity ? kind->find(change.value.field) : nullptr;
            auto const* given = changed ? spec->description->find(changed->name) : nullptr;
            if (!given) return refuse("undo.not-undoable", {"entry"});
            if (desk_.projection().attribute_stamp(*kind, entity, changed->number) != entry_.stamp())
                return refuse("undo.changed-since", {"entry"});
            // What is erased does not come back, and nothing takes its place.
            if (changed->has(personal) && is_erased(desk_.database(), entity)) return refuse("undo.erased", {"entry"});
            auto value = value_before(change);
            if (!value) return refuse("undo.not-undoable", {"entry"});
            fields.emplace_back(given->name, format_value(*given, *value));
            before.push_back(std::move(*value));
        }
        auto request = request_for(spec->description->name, std::move(fields));
        auto const plan = desk_.rehearse(request);
        // Not every command can say every value: an occupancy that has ended cannot be said to last again.
        if (!plan && plan.error().reason == "command.changes-nothing") return refuse("undo.not-undoable", {"entry"});
        if (!plan) return tl::unexpected{plan.error()};
        auto const& planned = plan->changes();
        auto const restores =
            plan->facts().empty() &&
            std::equal(planned.begin(), planned.end(), entry_.changes.begin(), entry_.changes.end(),
                       [&](PlannedChange const& back, AttributeChange const& change) {
                           auto const place = static_cast<std::size_t>(&change - entry_.changes.data());
                           return back.entity == change.entity && back.field.field->number == change.value.field &&
                                  back.field.value == before[place];
                       });
        if (!restores) return refuse("undo.not-undoable", {"entry"});
        return request;
    }

    // Of the change whose stamp was replaced, else as the record was first entered.
    std::optional<Value> value_before(AttributeChange const& change) const {
        auto const* kind = desk_schema().find(change.kind);
        auto const* field = kind->find(change.value.field);
        auto earlier = desk_.database().prepare(
            "SELECT value FROM attribute_change WHERE entity = ? AND field = ? AND ticks = ? AND desk = ?");
        earlier.bind(change.entity).bind(std::int64_t{change.value.field});
        earlier.bind_unsigned(change.replaced.ticks);
        earlier.bind_unsigned(change.replaced.desk);
        if (earlier.step()) return earlier.value(0, field->type);
        auto const row = desk_.journal().read(change.entity.incarnation, change.entity.entry_number());
        auto const first =
            row ? decode_entry(row->incarnation, row->bytes.body, row->bytes.personal) : Result<Entry>{Entry{}};
        if (!first || first->stamp() != change.replaced || change.entity.place() >= first->facts.size())
            return std::nullopt;
        auto const& fact = first->facts[static_cast<std::size_t>(change.entity.place())];
        for (auto const& value : fact.fields)
            if (value.field == change.value.field) return value.value;
        return Value{};
    }

    Result<Request> rehearsed(Request request) const {
        return desk_.rehearse(request).map([&](Plan const&) { return std::move(request); });
    }

    Desk& desk_;
    Entry entry_;
    std::string_view by_;
    std::string reason_;
};

}  // namespace

Result<Request> undo_request(Desk& desk, std::uint64_t entry, std::string_view by, Language language) {
    return guarded([&]() -> Result<Request> {
        auto const person = desk.find_record(&StaffMember::description, by, "by");
        if (!person) return tl::unexpected{person.error()};
        auto const row = desk.journal().read(desk.identity().incarnation, entry);
        if (!row) return refuse("undo.unknown", {"entry"}, {{"number", std::to_string(entry)}});
        auto decoded = decode_entry(row->incarnation, row->bytes.body, row->bytes.personal);
        if (!decoded) return tl::unexpected{decoded.error()};
        // Nobody takes back what set the desk up.
        if (!decoded->person) return refuse("undo.not-undoable", {"entry"});
        auto const manager = roles_of(desk.database(), Id<StaffMember>{*person}).has(Role::manager);
        if (!manager && decoded->person != *person) return refuse("undo.not-yours", {"by"});
        return Undo{desk, std::move(*decoded), by, sentence(language, "undo.reason")}.request();
    });
}

}  // namespace guanjia
