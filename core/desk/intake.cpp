#include "core/desk/intake.h"

#include <algorithm>
#include <iterator>

#include "core/base/text.h"
#include "core/registry/queries.h"
#include "core/service/queries.h"

namespace guanjia {

namespace {

constexpr std::string_view field_names[] = {"none",     "unit",     "building", "unit_kind", "name",     "phone",
                                            "relation", "since",    "origin",   "opened",    "finished", "status",
                                            "kind",     "priority", "category", "words",     "wish",     "solution"};
static_assert(std::size(field_names) == static_cast<std::size_t>(IntakeField::solution) + 1);

constexpr IntakeFieldSpec unit_fields[] = {
    {IntakeField::unit, true}, {IntakeField::building}, {IntakeField::unit_kind}};
constexpr IntakeFieldSpec owner_fields[] = {{IntakeField::name, true},
                                            {IntakeField::phone},
                                            {IntakeField::unit},
                                            {IntakeField::relation},
                                            {IntakeField::since}};
constexpr IntakeFieldSpec ticket_fields[] = {
    {IntakeField::origin, true}, {IntakeField::opened, true}, {IntakeField::words, true}, {IntakeField::kind},
    {IntakeField::category},     {IntakeField::unit},         {IntakeField::name},        {IntakeField::phone},
    {IntakeField::priority},     {IntakeField::wish},         {IntakeField::status},      {IntakeField::finished},
    {IntakeField::solution}};

constexpr std::string_view kept_mappings = "intake";
constexpr std::size_t kept_headings_limit = 400;
constexpr Language languages[] = {Language::chinese, Language::english};

std::string plainly(std::string_view text) { return std::string{trimmed(folded(text))}; }

// Whether a text is one of the words of a sentence, divided by bars, in either language.
bool is_among(std::string const& text, std::string_view string_key) {
    auto found = false;
    for (auto const language : languages)
        for_each_part(sentence(language, string_key), '|',
                      [&](std::string_view word) { found |= plainly(word) == text; });
    return found;
}

// A choice by its name, its word in either language, or another word for it.
template <class Choice>
std::optional<std::string> choice_named(std::string_view text, std::string const& words) {
    auto const wanted = plainly(text);
    for (auto const& choice : choices_of<Choice>) {
        auto const string_key = words + std::string{choice.name};
        auto matches = wanted == choice.name;
        for (auto const language : languages) matches |= plainly(sentence(language, string_key)) == wanted;
        if (matches || is_among(wanted, "intake-" + string_key)) return std::string{choice.name};
    }
    return std::nullopt;
}

std::string joint_of(IntakeField field) {
    switch (field) {
        case IntakeField::category: return "/";
        case IntakeField::words:
        case IntakeField::wish:
        case IntakeField::solution: return "\n";
        default: return " ";
    }
}

Refusal column_refusal(std::string reason, IntakeField field, std::string_view text = {}) {
    constexpr std::size_t shown = 60;
    auto told = std::string{text.substr(0, shown)};
    while (!told.empty() && !is_clean_text(told)) told.pop_back();
    return {std::nullopt, std::move(reason), {std::string{name_of(field)}}, {{"text", std::move(told)}}};
}

std::string person_key_of(std::string_view name, std::string_view phone) {
    std::string key{name};
    key += '\n';
    for (auto const character : phone)
        if (character >= '0' && character <= '9') key += character;
    return key;
}

std::string pair_key(std::string const& left, std::string_view right) { return left + '\t' + std::string{right}; }

}  // namespace

std::optional<IntakeTarget> intake_target(std::string_view name) {
    auto const* found = std::find(std::begin(intake_target_names), std::end(intake_target_names), name);
    if (found == std::end(intake_target_names)) return std::nullopt;
    return static_cast<IntakeTarget>(found - intake_target_names);
}

std::string_view name_of(IntakeField field) { return field_names[static_cast<std::size_t>(field)]; }

std::optional<IntakeField> intake_field(std::string_view name) {
    auto const* found = std::find(std::begin(field_names), std::end(field_names), name);
    if (found == std::end(field_names)) return std::nullopt;
    return static_cast<IntakeField>(found - field_names);
}

std::span<IntakeFieldSpec const> fields_of(IntakeTarget target) {
    switch (target) {
        case IntakeTarget::units: return unit_fields;
        case IntakeTarget::owners: return owner_fields;
        default: return ticket_fields;
    }
}

IntakeMapping proposed_mapping(Desk& desk, Table const& table, IntakeTarget target) {
    // "tickets\tUnique Key\torigin" a line, the newest first.
    std::unordered_map<std::string, IntakeField> kept;
    if (auto const lines = desk.recalled(kept_mappings))
        for_each_part(*lines, '\n', [&](std::string_view line) {
            auto const end = line.rfind('\t');
            if (end == std::string_view::npos) return;
            if (auto const field = intake_field(line.substr(end + 1))) kept.emplace(line.substr(0, end), *field);
        });
    IntakeMapping mapping;
    mapping.target = target;
    mapping.columns.assign(table.columns(), IntakeField::none);
    if (table.rows() == 0) return mapping;
    auto const fields = fields_of(target);
    std::string const prefix{intake_target_names[static_cast<std::size_t>(target)]};
    std::unordered_set<IntakeField> taken;
    for (std::size_t column = 0; column < table.columns(); ++column) {
        auto const heading = table.cell(0, column);
        if (heading.empty()) continue;
        auto const remembered = kept.find(pair_key(prefix, heading));
        if (remembered != kept.end()) {
            mapping.columns[column] = remembered->second;
            continue;
        }
        auto const wanted = plainly(heading);
        for (auto const& [field, is_required] : fields) {
            if (taken.contains(field) || !is_among(wanted, "intake-names." + std::string{name_of(field)})) continue;
            mapping.columns[column] = field;
            taken.insert(field);
            break;
        }
    }
    // A first row in which nothing is known may be a row like the others: a heading has no numbers and no dates.
    mapping.has_heading = std::any_of(mapping.columns.begin(), mapping.columns.end(),
                                      [](IntakeField field) { return field != IntakeField::none; });
    for (std::size_t column = 0; !mapping.has_heading && column < table.columns(); ++column) {
        auto const text = table.cell(0, column);
        auto const has_digit =
            std::any_of(text.begin(), text.end(), [](char each) { return each >= '0' && each <= '9'; });
        if (has_digit) break;
        mapping.has_heading = column + 1 == table.columns();
    }
    mapping.order = order_of_dates(table, mapping);
    return mapping;
}

Result<void> keep_mapping(Desk& desk, Table const& table, IntakeMapping const& mapping) {
    if (!mapping.has_heading || table.rows() == 0) return {};
    std::string lines;
    std::unordered_set<std::string> written;
    auto const add = [&](std::string const& column, std::string_view field) {
        if (written.size() == kept_headings_limit || !written.insert(column).second) return;
        lines += pair_key(column, field) + '\n';
    };
    std::string const prefix{intake_target_names[static_cast<std::size_t>(mapping.target)]};
    for (std::size_t column = 0; column < mapping.columns.size(); ++column) {
        std::string heading{table.cell(0, column)};
        if (heading.empty() || heading.size() > text_limit || !is_clean_text(heading)) continue;
        std::replace(heading.begin(), heading.end(), '\n', ' ');
        add(pair_key(prefix, heading), name_of(mapping.columns[column]));
    }
    if (auto const before = desk.recalled(kept_mappings))
        for_each_part(*before, '\n', [&](std::string_view line) {
            auto const end = line.rfind('\t');
            if (end != std::string_view::npos) add(std::string{line.substr(0, end)}, line.substr(end + 1));
        });
    return desk.remember(kept_mappings, lines);
}

DateOrder order_of_dates(Table const& table, IntakeMapping const& mapping) {
    for (std::size_t column = 0; column < mapping.columns.size(); ++column) {
        auto const field = mapping.columns[column];
        if (field != IntakeField::opened && field != IntakeField::finished && field != IntakeField::since) continue;
        for (std::size_t row = mapping.has_heading ? 1 : 0; row < table.rows(); ++row)
            if (auto const told = order_told_by(table.cell(row, column)); told != DateOrder::unknown) return told;
    }
    return DateOrder::unknown;
}

Intake::Intake(Desk& desk, Table const& table, IntakeMapping mapping, std::string by)
    : desk_{desk}, table_{table}, mapping_{std::move(mapping)}, by_{std::move(by)} {
    mapping_.columns.resize(table.columns(), IntakeField::none);
    fates_.assign(table.rows() - std::min(first_row(), table.rows()), RowFate::unread);
    counts_[static_cast<std::size_t>(RowFate::unread)] = fates_.size();
}

Refusal const* Intake::why(std::size_t row) const {
    auto const found = refusals_.find(row);
    return found == refusals_.end() ? nullptr : &found->second;
}

std::string Intake::text(std::size_t row, IntakeField field) const {
    std::string joined;
    for (std::size_t column = 0; column < mapping_.columns.size(); ++column) {
        if (mapping_.columns[column] != field) continue;
        auto const cell = table_.cell(row + first_row(), column);
        if (cell.empty()) continue;
        if (!joined.empty()) joined += joint_of(field);
        joined += cell;
    }
    return joined;
}

bool Intake::is_first(std::string const& what) { return writing_ || seen_.insert(what).second; }

void Intake::set_fate(std::size_t row, RowFate fate) {
    --counts_[static_cast<std::size_t>(fates_[row])];
    ++counts_[static_cast<std::size_t>(fate)];
    fates_[row] = fate;
}

void Intake::refuse_row(std::size_t row, Refusal refusal) {
    set_fate(row, RowFate::refused);
    refusals_.insert_or_assign(row, std::move(refusal));
}

void Intake::load_known() {
    if (std::exchange(loaded_, true)) return;
    auto& database = desk_.database();
    for (auto& unit : unit_lines(database)) known_.units.emplace(std::move(unit.code), unit.id);
    if (mapping_.target == IntakeTarget::owners)
        for (auto const& occupant : occupants(database)) {
            known_.people.emplace(person_key_of(occupant.name, occupant.phone), occupant.owner);
            if (!occupant.unit) continue;
            auto const unit = format_id(occupant.unit);
            known_.occupancies.insert(pair_key(format_id(occupant.owner), unit));
            known_.names_in_unit.insert(pair_key(occupant.name, unit));
        }
    if (mapping_.target == IntakeTarget::tickets)
        for (auto& origin : taken_over_origins(database)) known_.origins.insert(std::move(origin));
}

// What no column stands for is lost without a word, and so is what nobody can read: both mean that the row was divided
// or coded in another way.
Result<void> Intake::check_cells(std::size_t row) const {
    auto const place = row + first_row();
    constexpr std::string_view unreadable = "\xEF\xBF\xBD";
    for (std::size_t column = 0; column < table_.columns(); ++column) {
        auto const cell = table_.cell(place, column);
        auto const field = mapping_.columns[column];
        if (mapping_.has_heading && !cell.empty() && table_.cell(0, column).empty() && field == IntakeField::none)
            return refuse("intake.beyond-columns", {}, {{"text", column_refusal({}, field, cell).details[0].second}});
        if (field != IntakeField::none && cell.find(unreadable) != std::string_view::npos)
            return tl::unexpected{column_refusal("intake.unreadable", field, cell)};
    }
    return {};
}

Request Intake::command(std::string name) const { return {std::move(name), by_, {}, {}}; }

Result<LocalTime> Intake::moment(std::size_t row, IntakeField field) const {
    // Of several columns the first that has something.
    for (std::size_t column = 0; column < mapping_.columns.size(); ++column) {
        if (mapping_.columns[column] != field) continue;
        auto const cell = table_.cell(row + first_row(), column);
        if (cell.empty()) continue;
        if (auto const read = read_moment(cell, mapping_.order)) return *read;
        return tl::unexpected{column_refusal("intake.no-date", field, cell)};
    }
    return no_time;
}

void Intake::add_unit(std::size_t row, Entry& entry) const {
    entry.unit = command("add_unit");
    entry.unit->fields = {{"code", entry.unit_code}};
    if (auto building = text(row, IntakeField::building); !building.empty())
        entry.unit->fields.emplace_back("building", std::move(building));
}

Result<RowFate> Intake::read(std::size_t row, Entry& entry) {
    if (auto const checked = check_cells(row); !checked) return tl::unexpected{checked.error()};
    for (auto const& [field, is_required] : fields_of(mapping_.target))
        if (is_required && text(row, field).empty()) return tl::unexpected{column_refusal("intake.empty", field)};
    switch (mapping_.target) {
        case IntakeTarget::units: return read_unit(row, entry);
        case IntakeTarget::owners: return read_person(row, entry);
        default: return read_ticket(row, entry);
    }
}

Result<RowFate> Intake::read_unit(std::size_t row, Entry& entry) {
    entry.unit_code = text(row, IntakeField::unit);
    if (known_.units.contains(entry.unit_code)) return RowFate::known;
    if (!is_first(entry.unit_code)) return RowFate::repeated;
    add_unit(row, entry);
    if (auto const kind = text(row, IntakeField::unit_kind); !kind.empty()) {
        auto const named = choice_named<UnitKind>(kind, "unit-kind.");
        if (!named) return tl::unexpected{column_refusal("intake.no-choice", IntakeField::unit_kind, kind)};
        entry.unit->fields.emplace_back("kind", *named);
    }
    return RowFate::fresh;
}

Result<RowFate> Intake::read_person(std::size_t row, Entry& entry) {
    auto const name = text(row, IntakeField::name);
    auto const phone = text(row, IntakeField::phone);
    entry.unit_code = text(row, IntakeField::unit);
    entry.person_key = person_key_of(name, phone);
    if (!is_first(pair_key(entry.person_key, entry.unit_code))) return RowFate::repeated;
    auto const unit = known_.units.find(entry.unit_code);
    auto const person = known_.people.find(entry.person_key);
    if (unit != known_.units.end()) {
        auto const lives = format_id(unit->second);
        if (person != known_.people.end() && known_.occupancies.contains(pair_key(format_id(person->second), lives)))
            return RowFate::known;
        // Without a telephone a name is somebody only within a home.
        if (phone.empty() && known_.names_in_unit.contains(pair_key(name, lives))) return RowFate::known;
    } else if (entry.unit_code.empty()) {
        if (person != known_.people.end()) return RowFate::known;
    } else if (mapping_.adds_units) {
        add_unit(row, entry);
    } else {
        return tl::unexpected{column_refusal("intake.unit-unknown", IntakeField::unit, entry.unit_code)};
    }
    std::vector<std::pair<std::string, std::string>> lives;
    if (!entry.unit_code.empty()) lives.emplace_back("unit", entry.unit_code);
    if (auto const relation = text(row, IntakeField::relation); !relation.empty()) {
        auto const named = choice_named<Relation>(relation, "relation.");
        if (!named) return tl::unexpected{column_refusal("intake.no-choice", IntakeField::relation, relation)};
        lives.emplace_back("relation", *named);
    }
    auto const since = moment(row, IntakeField::since);
    if (!since) return tl::unexpected{since.error()};
    if (has_time(*since)) lives.emplace_back("since", format_date(date_of(*since)));
    if (person != known_.people.end() && !phone.empty()) {
        entry.record = command("add_occupancy");
        entry.record->fields = {{"owner", format_id(person->second)}};
    } else {
        entry.record = command("add_owner");
        entry.record->fields = {{"name", name}, {"phone", phone}};
    }
    std::move(lives.begin(), lives.end(), std::back_inserter(entry.record->fields));
    return RowFate::fresh;
}

Result<RowFate> Intake::read_ticket(std::size_t row, Entry& entry) {
    auto const origin = text(row, IntakeField::origin);
    if (known_.origins.contains(origin)) return RowFate::known;
    if (!is_first(origin)) return RowFate::repeated;
    auto const opened = moment(row, IntakeField::opened);
    if (!opened) return tl::unexpected{opened.error()};
    auto finished = moment(row, IntakeField::finished);
    if (!finished) return tl::unexpected{finished.error()};
    // Said to be finished, but not when: it was no longer than it must have been.
    if (!has_time(*finished) && is_among(plainly(text(row, IntakeField::status)), "intake.finished"))
        finished = *opened;

    auto ticket = command("take_over_ticket");
    ticket.occurred_at = format_time(*opened);
    auto const give = [&](char const* name, std::string value) {
        if (!value.empty()) ticket.fields.emplace_back(name, std::move(value));
    };
    give("origin", origin);
    auto const kind = text(row, IntakeField::kind);
    auto const named = kind.empty() ? std::nullopt : choice_named<TicketKind>(kind, "ticket-kind.");
    give("kind", named ? *named : std::string{name_of(mapping_.kind)});
    if (auto const priority = text(row, IntakeField::priority); !priority.empty()) {
        auto const level = choice_named<Priority>(priority, "priority.");
        if (!level) return tl::unexpected{column_refusal("intake.no-choice", IntakeField::priority, priority)};
        give("priority", *level);
    }
    auto words = text(row, IntakeField::words);
    entry.unit_code = text(row, IntakeField::unit);
    if (!entry.unit_code.empty() && !known_.units.contains(entry.unit_code)) {
        if (mapping_.adds_units) {
            add_unit(row, entry);
        } else {
            words += "\n" + sentence(Language::chinese, "intake-field.unit") + "：" + entry.unit_code;
            entry.unit_code.clear();
        }
    }
    give("words", std::move(words));
    give("wish", text(row, IntakeField::wish));
    give("category", text(row, IntakeField::category));
    give("unit", entry.unit_code);
    give("caller_name", text(row, IntakeField::name));
    give("caller_phone", text(row, IntakeField::phone));
    if (has_time(*finished)) {
        give("finished_at", format_time(*finished));
        give("solution", text(row, IntakeField::solution));
    }
    entry.record = std::move(ticket);
    return RowFate::fresh;
}

// As far as can be asked before what it builds on is there.
Result<void> Intake::rehearse(Entry const& entry) {
    if (entry.unit)
        if (auto const unit = desk_.rehearse(*entry.unit); !unit) return tl::unexpected{unit.error()};
    // A home to live in is what an occupancy is of.
    if (!entry.record || (entry.unit && entry.record->command == "add_occupancy")) return {};
    auto asked = *entry.record;
    if (entry.unit) std::erase_if(asked.fields, [](auto const& field) { return field.first == "unit"; });
    auto const answer = desk_.rehearse(asked);
    if (!answer) return tl::unexpected{answer.error()};
    return {};
}

Result<void> Intake::enter(Entry const& entry) {
    if (entry.unit) {
        auto const accepted = desk_.submit(*entry.unit);
        if (!accepted) return tl::unexpected{accepted.error()};
        known_.units.emplace(entry.unit_code, accepted->added.front().id);
        step_.units.push_back(entry.unit_code);
    }
    if (entry.record) {
        auto const accepted = desk_.submit(*entry.record);
        if (!accepted) return tl::unexpected{accepted.error()};
        if (entry.record->command == "add_owner" &&
            known_.people.emplace(entry.person_key, accepted->added.front().id).second)
            step_.people.push_back(entry.person_key);
    }
    return {};
}

Result<bool> Intake::preview(std::function<bool()> const& goes_on) {
    return guarded([&]() -> Result<bool> {
        for (auto const& [field, is_required] : fields_of(mapping_.target))
            if (is_required &&
                std::find(mapping_.columns.begin(), mapping_.columns.end(), field) == mapping_.columns.end())
                return tl::unexpected{column_refusal("intake.column-missing", field)};
        load_known();
        do {
            if (next_ == rows()) return true;
            Entry entry;
            auto const fate = read(next_, entry).and_then([&](RowFate read_fate) -> Result<RowFate> {
                if (read_fate == RowFate::fresh)
                    if (auto const allowed = rehearse(entry); !allowed) return tl::unexpected{allowed.error()};
                return read_fate;
            });
            if (fate) set_fate(next_, *fate);
            else refuse_row(next_, fate.error());
            ++next_;
        } while (goes_on());
        return next_ == rows();
    });
}

Result<bool> Intake::write(std::function<bool()> const& goes_on) {
    return guarded([&]() -> Result<bool> {
        if (!std::exchange(writing_, true)) next_ = 0;
        auto const began = next_;
        std::optional<std::size_t> stopped_at;
        step_ = {};
        auto const entered = desk_.together([&]() -> Result<void> {
            for (auto more = true; more && next_ < rows(); ++next_) {
                if (fates_[next_] != RowFate::fresh) continue;
                Entry entry;
                auto const fate = read(next_, entry);
                // What an earlier row of the table has brought since is not brought again.
                auto const done = fate ? *fate == RowFate::fresh ? enter(entry) : Result<void>{}
                                       : Result<void>{tl::unexpected{fate.error()}};
                if (!done) {
                    stopped_at = next_;
                    return done;
                }
                more = goes_on();
            }
            return {};
        });
        if (entered) return next_ == rows();
        // Nothing of this step was written. The row that stopped it is told, and the others go their way the next time.
        for (auto const& code : step_.units) known_.units.erase(code);
        for (auto const& person : step_.people) known_.people.erase(person);
        next_ = began;
        if (!stopped_at || entered.error().reason.starts_with("store.")) return tl::unexpected{entered.error()};
        refuse_row(*stopped_at, entered.error());
        return false;
    });
}

std::string Intake::refused_rows(Language language) const {
    std::string csv = "\xEF\xBB\xBF";
    auto const line = [&](std::size_t place, std::string const& last) {
        for (std::size_t column = 0; column < table_.columns(); ++column)
            csv += csv_cell(table_.cell(place, column)) + ',';
        csv += csv_cell(last) + "\r\n";
    };
    if (mapping_.has_heading) line(0, sentence(language, "intake.reason"));
    for (auto const& [row, refusal] : refusals_)
        line(row + first_row(), sentence(language, "refusal." + refusal.reason, refusal.details));
    return csv;
}

}  // namespace guanjia
