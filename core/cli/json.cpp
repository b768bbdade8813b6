#include "core/cli/json.h"

#include <fmt/format.h>

#include "core/base/text.h"

namespace guanjia {

namespace {

Json json_of(Cell const& cell) {
    switch (cell.kind) {
        case Cell::Kind::none: return nullptr;
        case Cell::Kind::boolean: return cell.text == "true";
        case Cell::Kind::number: return std::stoll(cell.text);
        case Cell::Kind::text: return cell.text;
    }
    return nullptr;
}

Json json_of(std::vector<EntryRange> const& ranges) {
    auto list = Json::array();
    for (auto const& range : ranges) list.push_back({{"first", range.first}, {"last", range.last}});
    return list;
}

void put_desk(Json& json, DeskIdentity const& desk) {
    json["centre"] = desk.centre_code;
    json["centre_name"] = desk.centre_name;
    json["desk"] = desk.number;
    json["incarnation"] = format_incarnation(desk.incarnation);
    json["headquarters"] = desk.headquarters;
}

std::string_view type_name(Field const& field) {
    static constexpr std::string_view names[] = {"integer", "money", "date",   "time",
                                                 "boolean", "text",  "choice", "reference"};
    return names[static_cast<std::size_t>(field.type)];
}

Json field_json(Field const& field) {
    Json json{{"name", field.name}, {"type", type_name(field)}};
    if (field.has(required)) json["required"] = true;
    if (field.type == FieldType::choice) {
        auto& choices = json["choices"] = Json::array();
        for (auto const& choice : field.choices) choices.push_back(choice.name);
    }
    if (field.type == FieldType::reference) json["of"] = field.target ? field.target->name : "record";
    return json;
}

// Values in the journal's own words: names where we know them, numbers where a newer peer wrote.
Json value_json(Field const* field, FieldValue const& value) {
    if (value.personal && is_empty(value.value)) return "(erased)";
    if (field && field->has(masked))
        if (auto const* text = std::get_if<std::string>(&value.value)) return mask(*text);
    if (field) {
        Field shown = *field;
        return json_of(cell_of(shown, value.value));
    }
    if (auto const* number = std::get_if<std::int64_t>(&value.value)) return *number;
    if (auto const* text = std::get_if<std::string>(&value.value)) return *text;
    if (auto const* id = std::get_if<AnyId>(&value.value)) return format_id(*id);
    return nullptr;
}

std::string field_name(Description const* kind, std::uint16_t number, Field const*& field) {
    field = kind ? kind->find(number) : nullptr;
    return field ? std::string{field->name} : fmt::format("field-{}", number);
}

std::string kind_name(Description const* kind, std::uint16_t number) {
    return kind ? std::string{kind->name} : fmt::format("kind-{}", number);
}

}  // namespace

Result<Request> read_request(std::string_view line) {
    auto const json = nlohmann::json::parse(line, nullptr, false);
    if (json.is_discarded()) return refuse("input.not-json");
    if (!json.is_object()) return refuse("input.not-object");
    Request request;
    auto const overriding = [&request]() -> OverrideRequest& {
        if (!request.overriding) request.overriding.emplace();
        return *request.overriding;
    };
    for (auto const& [name, value] : json.items()) {
        std::string text;
        if (value.is_null()) continue;
        if (value.is_string()) text = value.get<std::string>();
        else if (value.is_boolean()) text = value.get<bool>() ? "true" : "false";
        else if (value.is_number()) text = value.dump();
        else return refuse("input.field-type", {name}, {{"field", name}});
        if (name == "command") request.command = std::move(text);
        else if (name == "by") request.by = std::move(text);
        else if (name == "occurred_at") request.occurred_at = std::move(text);
        else if (name == "override") overriding().guard = std::move(text);
        else if (name == "override_reason") overriding().reason = std::move(text);
        else if (name == "override_by") overriding().by = std::move(text);
        else request.fields.emplace_back(name, std::move(text));
    }
    return request;
}

Json json_of(Refusal const& refusal, Language language) {
    auto details = refusal.details;
    // A detail may itself be the key of a sentence ("importance.safety").
    for (auto& [name, text] : details)
        if (has_sentence(text)) text = sentence(language, text);
    Json json{{"ok", false},
              {"clause", refusal.clause ? Json(refusal.clause->id()) : Json(nullptr)},
              {"reason", refusal.reason},
              {"message", sentence(language, "refusal." + refusal.reason, details)},
              {"fields", refusal.fields}};
    // Who may override it, where somebody may.
    if (refusal.guard) json["override"] = json_of(row_of(*refusal.guard), language);
    return json;
}

Json json_of(GuardRow const& guard, Language language) {
    auto roles = Json::array();
    for (auto const& choice : role_choices)
        if (entitled_to(*find_guard(guard.name)).has(static_cast<Role>(choice.value))) roles.push_back(choice.name);
    return {{"guard", guard.name},
            {"clause", guard.clause},
            {"roles", std::move(roles)},
            {"means", language == Language::chinese ? guard.zh : guard.en}};
}

Json json_of(Accepted const& accepted) {
    Json json{{"ok", true}, {"entry", accepted.entry}};
    if (!accepted.added.empty()) {
        auto const& first = accepted.added.front();
        json["id"] = format_id(first.id);
        if (!first.number.empty()) json["number"] = first.number;
    }
    auto& added = json["added"] = Json::array();
    for (auto const& fact : accepted.added) {
        Json item{{"kind", fact.kind}, {"id", format_id(fact.id)}};
        if (!fact.number.empty()) item["number"] = fact.number;
        added.push_back(std::move(item));
    }
    auto& clauses = json["clauses"] = Json::array();
    for (auto const clause : accepted.clauses) clauses.push_back(clause.id());
    if (accepted.late) json["late"] = true;
    if (!accepted.revealed.empty()) json["phone"] = accepted.revealed;
    return json;
}

Json json_of(Row const& row) {
    auto json = Json::object();
    for (auto const& [name, cell] : row) json[std::string{name}] = json_of(cell);
    return json;
}

Json json_of(DutyRow const& row, Desk& desk) {
    auto const& duty = row.duty;
    static constexpr std::string_view statuses[] = {"", "open", "overdue", "kept", "late"};
    Json json{{"duty", duty_id(duty)},
              {"clause", duty.clause.id()},
              {"status", statuses[static_cast<std::size_t>(row.status)]},
              {"due", format_time(duty.due)},
              {"opens", format_time(duty.opens)},
              {"done", has_time(duty.done) ? Json(format_time(duty.done)) : Json(nullptr)},
              {"role", name_of(duty.role)},
              {"subject", format_id(duty.subject)}};
    if (auto const number = desk.number_of(duty.subject); !number.empty()) json["number"] = number;
    if (duty.person) json["person"] = desk.number_of(duty.person);
    if (duty.provisional) json["provisional"] = true;
    return json;
}

Json json_of(Conflict const& conflict) {
    return {{"record", format_id(conflict.record)},
            {"kind", conflict.kind},
            {"field", conflict.field},
            {"field_number", conflict.field_number},
            {"losing_value", conflict.losing_value},
            {"kept_value", conflict.kept_value},
            {"losing_ticks", conflict.losing.ticks},
            {"losing_desk", format_incarnation(conflict.losing.desk)}};
}

Json json_of(SliceHeader const& header) {
    Json json{{"first", header.range.first},
              {"last", header.range.last},
              {"entries", header.range.last - header.range.first + 1}};
    put_desk(json, header.desk);
    json["day"] = has_date(header.day) ? Json(format_date(header.day)) : Json(nullptr);
    json["hash_before"] = format_hash(header.before);
    json["hash_last"] = format_hash(header.last);
    return json;
}

Json json_of(ImportReport const& report) {
    auto json = json_of(report.header);
    json["added"] = report.added;
    json["known"] = report.known;
    if (report.header.photos) json["photos"] = report.photos;
    json["gaps"] = json_of(report.gaps);
    return json;
}

Json json_of(DeskStanding const& standing) {
    auto json = Json::object();
    put_desk(json, standing.desk);
    json["own"] = standing.own;
    json["last"] = standing.last_number;
    json["handed_over"] = standing.handed_over;
    json["gaps"] = json_of(standing.gaps);
    return json;
}

Json json_of(Entry const& entry, Hash const& hash, Schema const& schema) {
    Json json{{"incarnation", format_incarnation(entry.incarnation)},
              {"number", entry.number},
              {"hash", format_hash(hash)},
              {"ticks", entry.ticks},
              {"occurred_at", format_time(entry.occurred_at)},
              {"recorded_at", format_time(entry.recorded_at)},
              {"by", entry.person ? Json(format_id(entry.person)) : Json(nullptr)},
              {"command", entry.command},
              {"clauses", entry.clauses}};
    auto& facts = json["facts"] = Json::array();
    for (std::size_t place = 0; place < entry.facts.size(); ++place) {
        auto const& fact = entry.facts[place];
        auto const* kind = schema.find(fact.kind);
        Json item{{"kind", kind_name(kind, fact.kind)}, {"id", format_id(entry.id_of(place))}};
        for (auto const& value : fact.fields) {
            Field const* field = nullptr;
            auto const name = field_name(kind, value.field, field);
            item[name] = value_json(field, value);
        }
        facts.push_back(std::move(item));
    }
    auto& changes = json["changes"] = Json::array();
    for (auto const& change : entry.changes) {
        auto const* kind = schema.find(change.kind);
        Field const* field = nullptr;
        auto const name = field_name(kind, change.value.field, field);
        changes.push_back({{"kind", kind_name(kind, change.kind)},
                           {"id", format_id(change.entity)},
                           {"field", name},
                           {"value", value_json(field, change.value)}});
    }
    return json;
}

Json json_of(CommandSpec const& command, Language language) {
    auto const name = std::string{command.description->name};
    Json json{{"command", name}, {"purpose", sentence(language, "command." + name)}};
    auto& fields = json["fields"] = Json::array();
    for (auto const& field : command.description->fields) fields.push_back(field_json(field));
    return json;
}

Json json_of(QuerySpec const& query) {
    Json json{{"query", query.name}};
    auto& arguments = json["arguments"] = Json::array();
    for (auto const& argument : query.arguments) arguments.push_back(field_json(argument.field));
    auto& columns = json["columns"] = Json::array();
    for (auto const& field : query.columns) columns.push_back(field.name);
    return json;
}

std::string line_of(Json const& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace guanjia
