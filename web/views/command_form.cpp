#include "web/views/command_form.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/base/typed.h"
#include "core/service/visits/rules.h"

namespace guanjia {

using namespace ui;

namespace {

constexpr float gap = 14;
constexpr float long_lines = 4;
constexpr double keep_after = 0.4;  // seconds without a change
// Between the parts of a draft; no clean text holds them.
constexpr char part_end = '\x1F';
constexpr char field_end = '\x1E';

std::string const nothing;

struct Prefix {
    std::span<Choice const> choices;
    std::string_view name;
};
Prefix const prefixes[] = {
    {channel_choices, "channel."},
    {ticket_kind_choices, "ticket-kind."},
    {priority_choices, "priority."},
    {direction_choices, "direction."},
    {visit_method_choices, "visit-method."},
    {satisfaction_choices, "satisfaction."},
    {relation_choices, "relation."},
    {role_choices, "role."},
    {unit_kind_choices, "unit-kind."},
    {ticket_state_choices, "ticket-state."},
    {importance_reason_choices, "importance."},
    {level_choices, "level."},
    {waiting_reason_choices, "waiting-reason."},
    {opinion_kind_choices, "opinion-kind."},
    {payer_choices, "payer."},
};

}  // namespace

std::string field_words(Ui const& ui, std::string_view kind, std::string_view command, std::string_view field) {
    auto const own = std::string{kind} + std::string{command} + "." + std::string{field};
    if (auto words = ui.say(own); words != own) return words;
    auto const shared = std::string{kind} + std::string{field};
    auto words = ui.say(shared);
    return words == shared ? std::string{} : words;
}

std::string_view choice_prefix(std::span<Choice const> choices) {
    for (auto const& prefix : prefixes)
        if (prefix.choices.data() == choices.data()) return prefix.name;
    return {};
}

std::string choice_words(Ui const& ui, std::span<Choice const> choices, std::int64_t value) {
    auto const name = choice_name(choices, value);
    if (name.empty()) return {};
    return ui.say(std::string{choice_prefix(choices)} + std::string{name});
}

void CommandForm::begin(Stage const& stage, std::string command, std::string about) {
    *this = {};
    command_ = std::move(command);
    about_ = std::move(about);
    auto const draft = stage.mailbox.draft(command_ + "/" + about_);
    if (draft.empty()) return;
    decode(draft);
    kept_ = draft;
    has_draft_ = began_with_draft_ = true;
}

void CommandForm::clear(Stage const& stage) {
    if (has_draft_) stage.mailbox.drop_draft(command_ + "/" + about_);
    auto command = std::move(command_);
    auto about = std::move(about_);
    *this = {};
    command_ = std::move(command);
    about_ = std::move(about);
}

std::string const& CommandForm::text(std::string_view field) const {
    auto const found = texts_.find(field);
    return found == texts_.end() ? nothing : found->second;
}

void CommandForm::set(std::string_view field, std::string text) {
    auto const found = texts_.find(field);
    if (found != texts_.end()) found->second = std::move(text);
    else texts_.emplace(std::string{field}, std::move(text));
}

void CommandForm::insert(std::string_view field, std::string_view words) {
    auto whole = text(field);
    if (!whole.empty() && whole.back() != '\n') whole += '\n';
    set(field, whole += words);
}

std::string CommandForm::encoded() const {
    std::string draft;
    for (auto const& [name, text] : texts_)
        if (!text.empty()) draft += name + part_end + text + field_end;
    for (auto const& [name, picked] : pickers_)
        if (!picked.text.empty())
            draft +=
                name + part_end + picked.text + part_end + (picked.chosen ? format_id(picked.chosen) : "") + field_end;
    return draft;
}

void CommandForm::decode(std::string_view draft) {
    while (!draft.empty()) {
        auto const end = std::min(draft.find(field_end), draft.size());
        auto const line = draft.substr(0, end);
        draft.remove_prefix(std::min(end + 1, draft.size()));
        auto const first = line.find(part_end);
        if (first == std::string_view::npos) continue;
        auto const second = line.find(part_end, first + 1);
        auto const name = std::string{line.substr(0, first)};
        if (second == std::string_view::npos) {
            texts_[name] = line.substr(first + 1);
            continue;
        }
        auto& picked = pickers_[name];
        picked.text = line.substr(first + 1, second - first - 1);
        if (auto const id = parse_id(line.substr(second + 1))) picked.chosen = *id;
    }
}

void CommandForm::keep(Stage const& stage) {
    auto now = encoded();
    if (now == kept_) {
        changed_at_ = 0;
        return;
    }
    if (changed_at_ == 0) changed_at_ = stage.shell.seconds;
    auto const due = changed_at_ + keep_after;
    if (stage.shell.seconds < due) {
        stage.shell.change_at(due);
        return;
    }
    changed_at_ = 0;
    auto const key = command_ + "/" + about_;
    if (now.empty()) stage.mailbox.drop_draft(key);
    else stage.mailbox.keep_draft(key, now);
    has_draft_ = !now.empty();
    kept_ = std::move(now);
}

std::string CommandForm::sent_text(std::string_view field) const {
    auto const picked = pickers_.find(field);
    if (picked == pickers_.end()) return text(field);
    return picked->second.chosen ? format_id(picked->second.chosen) : std::string{trimmed(picked->second.text)};
}

void CommandForm::send(Stage const& stage, std::initializer_list<std::string_view> fields,
                       std::vector<std::pair<std::string, std::string>> more,
                       std::function<void(Accepted const&)> accepted) {
    auto const* command = find_command(command_);
    for (auto const name : fields) {
        auto text = sent_text(name);
        auto const* field = command ? command->description->find(name) : nullptr;
        // As people write it, and as commands have it.
        if (field && field->type == FieldType::money)
            if (auto const money = read_money(text)) text = format_money(*money);
        // Departments and the like are texts that were picked out of many.
        if (field && field->type == FieldType::text)
            if (auto const picked = pickers_.find(name); picked != pickers_.end()) text = picked->second.text;
        if (!text.empty()) more.emplace_back(std::string{name}, std::move(text));
    }
    sent = true;
    Request request{command_, {}, {}, std::move(more)};
    if (overrides())
        request.overriding = OverrideRequest{std::string{row_of(*refusal->guard).name}, override_reason_,
                                             override_by_ ? format_id(override_by_) : std::string{}};
    stage.mailbox.submit(std::move(request),
                         [this, &stage, accepted = std::move(accepted)](Result<Accepted> const& result) {
                             sent = false;
                             auto const before = refusal ? refusal->guard : std::nullopt;
                             refusal.reset();
                             if (!result) {
                                 refusal = result.error();
                                 refused_as_ = encoded();
                                 if (refusal->guard == before) return;
                                 override_reason_.clear();
                                 override_by_ = {};
                                 return;
                             }
                             if (has_draft_) stage.mailbox.drop_draft(command_ + "/" + about_);
                             accepted(*result);
                         });
}

bool CommandForm::overrides() const { return may_be_overridden() && !trimmed(override_reason_).empty(); }

Field const* FormFields::described(std::string_view name) const {
    auto const* command = find_command(form_.command());
    return command ? command->description->find(name) : nullptr;
}

FieldSpec FormFields::spec_of(Field const& field, FieldOptions const& options) const {
    FieldSpec spec;
    spec.key = field.name;
    spec.label =
        options.label.empty() ? field_words(ui_, "field.", form_.command(), field.name) : ui_.say(options.label);
    spec.hint = field_words(ui_, "hint.", form_.command(), field.name);
    spec.error = error_of(ui_, form_.refusal, field.name);
    spec.required = options.required.value_or(field.has(required));
    spec.icon = options.icon;
    if (field.type == FieldType::text && field.has(long_text))
        spec.lines = options.lines > 0 ? options.lines : long_lines;
    if (field.type == FieldType::integer) spec.mode = InputMode::numeric;
    return spec;
}

float FormFields::script_row(Field const& field) const {
    if (!script_values_ || field.type != FieldType::text) return 0;
    auto const offered = is_any_script_for(form_.command() + "." + std::string{field.name});
    // A finger needs a row of its own; a pointer finds it beside the label.
    return !offered ? 0 : ui_.metrics.touch ? ui_.metrics.control + 6 : field_label;
}

void FormFields::draw_scripts(Rect place, Field const& field) {
    auto const label = ui_.say("ui.scripts");
    Rect row{place.x, place.y, place.w, field_label};
    if (ui_.metrics.touch) row = place.take_bottom(ui_.metrics.control);
    auto const width = ui_.width_of(label, {size::text_small}) + 38;
    row = row.take_right(std::min(width, row.w));
    auto const name = ui_.say("ui.scripts-for", {{"field", field_words(ui_, "field.", form_.command(), field.name)}});
    MenuSpec const spec{std::string{field.name} + " scripts", name, icon::message, false, label};
    auto& state = form_.menus_[std::string{field.name}];
    auto const scripts = scripts_for(stage_, form_.command() + "." + std::string{field.name}, *script_values_);
    std::vector<MenuItem> items;
    for (auto const& script : scripts) items.push_back({script.title, icon::message});
    auto const chosen = menu(ui_, row, spec, items, state);
    if (!chosen || *chosen >= scripts.size()) return;
    form_.insert(field.name, scripts[*chosen].words);
    // What is still to be filled in is written next.
    ui_.focus_next(field.name);
}

float FormFields::height_of(Field const& field, FieldOptions const& options) const {
    auto const spec = spec_of(field, options);
    auto const scripts = ui_.metrics.touch ? script_row(field) : 0;
    if (field.type == FieldType::boolean && !field.has(required)) return std::max(ui_.metrics.control - 4, 30.0F);
    if (field.type == FieldType::choice || field.type == FieldType::boolean) {
        auto const count = field.type == FieldType::boolean ? 2
                           : options.values.empty()         ? field.choices.size()
                                                            : options.values.size();
        return choice_height(
            ui_, {.key = spec.key, .label = spec.label, .error = spec.error, .columns = options.columns}, count);
    }
    return field_height(ui_, spec) + scripts;
}

bool FormFields::field(std::string_view name, FieldOptions const& options) {
    auto const* field = described(name);
    if (!field) return false;
    return draw(scroll_.take(height_of(*field, options), gap), *field, options);
}

void FormFields::pair(std::string_view left, FieldOptions const& left_options, std::string_view right,
                      FieldOptions const& right_options) {
    auto const* first = described(left);
    auto const* second = described(right);
    if (!first || !second) return;
    if (scroll_.content.w < 420) {
        field(left, left_options);
        field(right, right_options);
        return;
    }
    auto row = scroll_.take(std::max(height_of(*first, left_options), height_of(*second, right_options)), gap);
    auto part = row.take_left((row.w - 16) / 2, 16);
    part.h = height_of(*first, left_options);
    row.h = height_of(*second, right_options);
    draw(part, *first, left_options);
    draw(row, *second, right_options);
}

bool FormFields::draw(Rect place, Field const& field, FieldOptions const& options) {
    auto const spec = spec_of(field, options);
    if (auto const row = script_row(field); row > 0) {
        draw_scripts(place, field);
        if (ui_.metrics.touch) place.take_bottom(row);
    }
    auto text = form_.text(field.name);
    auto changed = false;
    switch (field.type) {
        case FieldType::boolean:
            if (field.has(required)) return draw_choice(place, field, options);
            {
                auto on = text == "true";
                changed = checkbox(ui_, place, spec.key, spec.label, on);
                text = on ? "true" : "";
            }
            break;
        case FieldType::choice: return draw_choice(place, field, options);
        case FieldType::reference: return draw_reference(place, field, options);
        case FieldType::time: return draw_time(place, field, options);
        case FieldType::date:
            changed =
                date_field(ui_, place, spec, text, form_.dates_[std::string{field.name}], day_kinds(stage_.models));
            break;
        case FieldType::money: changed = money_field(ui_, place, spec, text); break;
        default:
            if (options.find) {
                auto& picked = form_.picker(field.name);
                auto const before = picked.text;
                changed = ui::picker(ui_, place, spec, picked, options.find);
                // A group that has more below it is opened at once.
                if (options.goes_on && changed && picked.chosen && picked.text != before &&
                    options.find(picked.text, 2).size() > 1) {
                    picked.open = true;
                    picked.marked = 0;
                }
                return changed;
            }
            changed = text_field(ui_, place, spec, text);
    }
    if (changed) form_.set(field.name, std::move(text));
    return changed;
}

bool FormFields::draw_choice(Rect place, Field const& field, FieldOptions const& options) {
    auto const spec = spec_of(field, options);
    ChoiceSpec const shown{spec.key, spec.label, spec.error, options.columns, spec.required};
    std::vector<std::string> names;
    std::vector<Option> offered;
    if (field.type == FieldType::boolean) {
        for (auto const* name : {"true", "false"}) {
            names.emplace_back(name);
            offered.push_back({field_words(ui_, std::string{"field."} + name + ".", form_.command(), field.name)});
        }
    } else {
        auto values = options.values;
        if (values.empty())
            for (auto const& choice : field.choices) values.push_back(choice.value);
        for (auto const value : values) {
            names.emplace_back(choice_name(field.choices, value));
            offered.push_back(
                {sentence_case(choice_words(ui_, field.choices, value)), choice_icon(field.choices, value)});
        }
    }
    auto const found = std::find(names.begin(), names.end(), form_.text(field.name));
    auto chosen = found == names.end() ? -1 : static_cast<int>(found - names.begin());
    if (!choice(ui_, place, shown, offered, chosen)) return false;
    form_.set(field.name, names[static_cast<std::size_t>(chosen)]);
    return true;
}

bool FormFields::draw_reference(Rect place, Field const& field, FieldOptions const& options) {
    auto spec = spec_of(field, options);
    auto find = options.find;
    if (field.target == &Unit::description) {
        if (!spec.icon) spec.icon = icon::unit;
        if (!find) find = find_units(stage_.models);
    } else if (field.target == &Owner::description) {
        if (!spec.icon) spec.icon = icon::person;
        if (!find) find = find_owners(stage_.models, form_.picker("unit").chosen);
    } else if (field.target == &StaffMember::description) {
        if (!spec.icon) spec.icon = icon::person;
        if (!find) find = find_people(stage_.models);
    }
    if (find) return ui::picker(ui_, place, spec, form_.picker(field.name), find);
    auto text = form_.text(field.name);
    if (!text_field(ui_, place, spec, text)) return false;
    form_.set(field.name, std::move(text));
    return true;
}

// A date and a time of day beside it; together "2026-11-24T18:00".
bool FormFields::draw_time(Rect place, Field const& field, FieldOptions const& options) {
    auto spec = spec_of(field, options);
    auto const name = std::string{field.name};
    auto date = form_.text(name + " date");
    auto clock = form_.text(name + " clock");
    auto right = place;
    auto left = right.take_left(place.w * 0.58F, 12);
    spec.hint = ui_.say("hint.date");
    auto changed = date_field(ui_, left, spec, date, form_.dates_[name], day_kinds(stage_.models));
    FieldSpec const time{.key = name + " clock",
                         .label = ui_.say("field.clock"),
                         .hint = ui_.say("hint.clock"),
                         .required = spec.required};
    right.h -= spec.error.empty() ? 0 : field_error;
    changed |= clock_field(ui_, right, time, clock, form_.clocks_[name], opening_minute(stage_.models),
                           closing_minute(stage_.models));
    if (!changed) return false;
    form_.set(name + " date", date);
    form_.set(name + " clock", clock);
    auto const day = read_date(date, date_of(ui_.now));
    auto const minute = clock.empty() ? std::optional<int>{closing_minute(stage_.models)} : read_clock(clock);
    // What cannot be read is sent as it is, and refused.
    if (date.empty()) form_.set(name, {});
    else if (day && minute) form_.set(name, format_time(at_minute(*day, *minute)));
    else form_.set(name, date + " " + clock);
    return true;
}

void FormFields::signature(std::string_view name) {
    auto const* field = described(name);
    if (!field) return;
    auto const spec = spec_of(*field, {});
    auto strokes = form_.text(name);
    auto const height = field_label + 120 + (spec.error.empty() ? 0 : field_error);
    signature_pad(ui_, scroll_.take(height, gap), spec.label, spec.error, strokes);
    if (strokes != form_.text(name)) form_.set(name, std::move(strokes));
}

void FormFields::priority() {
    auto changed = field("impact", {.columns = 3});
    changed |= field("urgency", {.columns = 3});
    auto const proposed = priority_for(form_.chosen<Level>("impact"), form_.chosen<Level>("urgency"));
    if (changed && proposed != Priority::none) form_.set("priority", std::string{name_of(proposed)});
    field("priority");
    if (proposed == Priority::none) return form_.set("priority_reason", {});
    auto const words = choice_words(ui_, priority_choices, static_cast<std::int64_t>(proposed));
    if (form_.chosen<Priority>("priority") == proposed) {
        form_.set("priority_reason", {});
        return note(stage_.say("ui.priority-proposed", {{"priority", words}}));
    }
    note(stage_.say("ui.priority-other", {{"priority", words}}));
    field("priority_reason", {.required = true});
}

void FormFields::check(std::string_view name, std::string_view words) {
    auto on = form_.is_on(name);
    if (checkbox(ui_, scroll_.take(std::max(ui_.metrics.control - 4, 30.0F), gap), name, words, on))
        form_.set(name, on ? "true" : "");
}

// GEN-S4: whoever is entitled says why; who is not learns who is, and may ask them to the desk.
void FormFields::draw_override() {
    auto const guard = *form_.refusal->guard;
    auto const entitled = entitled_to(guard);
    std::string roles;
    for (auto const& choice : role_choices)
        if (entitled.has(static_cast<Role>(choice.value)))
            roles += (roles.empty() ? "" : ui_.say("ui.or")) + role_name(ui_, static_cast<Role>(choice.value));
    std::vector<PersonLine const*> people;
    std::string names;
    for (auto const& person : stage_.models.registry.people)
        if (!person.left && person.roles.meets(entitled)) {
            people.push_back(&person);
            names += (names.empty() ? "" : ui_.say("ui.or")) + person.name;
        }
    auto const here = stage_.may_be(entitled);
    auto const words = here             ? ui_.say("ui.override-yours", {{"roles", roles}})
                       : people.empty() ? ui_.say("ui.override-nobody", {{"roles", roles}})
                                        : ui_.say("ui.override-theirs", {{"roles", roles}, {"people", names}});
    Region const region{ui_.semantics, NodeRole::group, ui_.say("ui.override"), "override"};
    Scope const scope{"override"};
    note(words);
    if (!here && people.empty()) return;
    if (!here) {
        std::vector<Option> options;
        auto chosen = -1;
        for (auto const* person : people) {
            if (person->id == form_.override_by_) chosen = static_cast<int>(options.size());
            options.push_back({person->name});
        }
        ChoiceSpec const spec{.key = "override_by",
                              .label = ui_.say("ui.override-by"),
                              .error = error_of(ui_, form_.refusal, "override_by"),
                              .columns = 2,
                              .required = true};
        if (choice(ui_, scroll_.take(choice_height(ui_, spec, options.size()), gap), spec, options, chosen))
            form_.override_by_ = people[static_cast<std::size_t>(chosen)]->id;
    }
    FieldSpec const spec{.key = "override_reason",
                         .label = ui_.say("ui.override-reason"),
                         .hint = ui_.say("ui.override-reason-hint"),
                         .error = error_of(ui_, form_.refusal, "override_reason"),
                         .required = true,
                         .lines = 3};
    text_field(ui_, scroll_.take(field_height(ui_, spec), gap), spec, form_.override_reason_);
}

void FormFields::head() {
    if (form_.refusal)
        scroll_.take(refusal_box(ui_, scroll_.content.x, scroll_.content.y, scroll_.content.w, *form_.refusal), gap);
    if (form_.may_be_overridden()) draw_override();
    if (!form_.began_with_draft_) return;
    auto row = scroll_.take(32, 10);
    auto const words = ui_.say("ui.discard-draft");
    if (button(ui_, row.take_right(button_width(ui_, {.label = words}), 8),
               {.label = words, .kind = ButtonKind::quiet, .key = "discard draft"})) {
        form_.clear(stage_);
        return;
    }
    ui_.icon(row.take_left(20, 6), icon::draft, 16, ui_.theme().text_2);
    ui_.label(row, ui_.say("ui.draft-taken-up"), {size::text_small, ui_.theme().text_2});
}

void FormFields::typed(std::string_view name, FieldOptions const& options) {
    auto const* field = described(name);
    if (!field) return;
    auto const spec = spec_of(*field, options);
    auto text = form_.text(name);
    if (text_field(ui_, scroll_.take(field_height(ui_, spec), gap), spec, text)) form_.set(name, std::move(text));
}

void FormFields::note(std::string_view words) {
    scroll_.take(ui_.body(scroll_.content.x, scroll_.content.y, scroll_.content.w, words,
                          {size::text_small, ui_.theme().text_2}),
                 12);
}

void FormFields::title(std::string_view words) {
    ui_.label(scroll_.take(22, 2), words, {size::text_small, ui_.theme().text_2});
}

void FormFields::quote(std::string const& title, std::string const& words) {
    this->title(title);
    auto const width = scroll_.content.w - 24;
    auto const box = scroll_.take(ui_.height_of(words, width) + 20, gap);
    ui_.fill(box, ui_.theme().surface_2, size::radius);
    ui_.body(box.x + 12, box.y + 10, width, words);
}

bool FormFields::action(std::string const& words, char const* icon) {
    auto row = scroll_.take(ui_.metrics.control, gap);
    return button_left(ui_, row, {.label = words, .icon = icon});
}

void FormFields::survey(std::string_view name, WordingRow const& wording) {
    auto const& registry = stage_.models.registry;
    auto answers = answers_in(form_.text(name));
    std::vector<Option> offered;
    for (auto const& known : satisfaction_choices)
        offered.push_back({sentence_case(choice_words(ui_, satisfaction_choices, known.value))});
    Scope const scope{name};
    for (auto const& question : registry.wordings.parts(wording, registry.on)) {
        ChoiceSpec const spec{
            .key = question, .label = shown_in(wording, question, ui_.language), .columns = std::size_t{2}};
        auto const answer = std::find_if(answers.begin(), answers.end(),
                                         [&](QuestionAnswer const& known) { return known.question == question; });
        auto chosen = answer == answers.end() ? -1 : static_cast<int>(answer->satisfaction) - 1;
        if (!choice(ui_, scroll_.take(choice_height(ui_, spec, offered.size()), gap), spec, offered, chosen)) continue;
        auto const said = static_cast<Satisfaction>(chosen + 1);
        if (answer == answers.end()) answers.push_back({question, said});
        else answer->satisfaction = said;
        form_.set(name, written_answers(answers));
    }
}

void FormFields::offer_scripts(ScriptValues values) { script_values_ = std::move(values); }

PanelEvent draw_form_panel(Stage const& stage, Rect place, CommandForm& form, PanelSpec const& spec,
                           std::function<void(FormFields&)> const& draw) {
    auto& ui = stage.ui;
    SidePanel const panel{ui, place, {.title = spec.title, .clause = spec.clause, .ground = spec.ground}};
    {
        // Focus rings reach a little beyond the controls.
        auto const& inside = panel.inside;
        Scroll scroll{ui, "fields", {inside.x - 4, inside.y, inside.w + 8, inside.h}, Scroll::Bar::beside};
        scroll.content.x += 4;
        scroll.content.w -= 8;
        scroll.take(4);
        FormFields fields{stage, scroll, form};
        fields.head();
        draw(fields);
    }
    form.keep(stage);
    auto const words = form.overrides() ? ui.say("ui.override-now") : spec.button;
    auto const pressed = button(ui, panel.foot,
                                {.label = words,
                                 .icon = spec.icon,
                                 .kind = spec.kind,
                                 .off = form.sent,
                                 .hint = ui.metrics.touch ? "" : "Ctrl ↵",
                                 .name = words,
                                 .key = "send"});
    auto const send = ui.shortcut("Control+Enter", ui.say("ui.shortcut-send")) || pressed;
    if (send && !form.sent) return PanelEvent::send;
    return panel.closed || ui.shortcut("Escape") ? PanelEvent::close : PanelEvent::none;
}

}  // namespace guanjia
