// Who works at the centre: the list, and the form of somebody new or of somebody on the list.

#include <deque>

#include "web/views/settings_parts.h"

namespace guanjia {

using namespace ui;

namespace {

constexpr Role given_roles[] = {Role::butler, Role::assistant_butler, Role::supervisor, Role::manager_assistant,
                                Role::manager};

std::string role_field(Role role) { return "role " + std::string{name_of(role)}; }

std::string roles_words(Ui const& ui, RoleSet roles) {
    std::string words;
    for (auto const& choice : role_choices)
        if (roles.has(static_cast<Role>(choice.value)))
            words += (words.empty() ? "" : " · ") + role_name(ui, static_cast<Role>(choice.value));
    return words;
}

void begin_change(Stage const& stage, SettingsState& state, PersonLine const& person) {
    state.person_shown = person.id;
    state.adding = true;
    auto& form = state.person_change;
    form.begin(stage, "change_staff", format_id(person.id));
    // A draft would hold what the person was, beside what was changed.
    form.clear(stage);
    form.set("name", person.name);
    form.picker("department").text = person.department;
    form.set("left", person.left ? "true" : "");
    for (auto const& choice : role_choices)
        if (auto const role = static_cast<Role>(choice.value); person.roles.has(role))
            form.set(role_field(role), "true");
}

void close(SettingsState& state) {
    state.person_shown = {};
    state.adding = false;
    state.person_change = {};
}

// What differs from the record: at most one change of the person, and a word on each role.
std::deque<Request> requests_of(CommandForm const& form, PersonLine const& person) {
    std::deque<Request> requests;
    auto const staff = std::pair<std::string, std::string>{"staff", format_id(person.id)};
    Request change{"change_staff", {}, {}, {staff}};
    auto const department = form.sent_text("department");
    if (form.text("name") != person.name) change.fields.emplace_back("name", form.text("name"));
    if (department != person.department) change.fields.emplace_back("department", department);
    if (form.is_on("left") != person.left) change.fields.emplace_back("left", form.is_on("left") ? "true" : "false");
    if (change.fields.size() > 1) requests.push_back(std::move(change));
    for (auto const& choice : role_choices) {
        auto const role = static_cast<Role>(choice.value);
        auto const wanted = form.is_on(role_field(role));
        if (wanted == person.roles.has(role)) continue;
        requests.push_back(
            {wanted ? "grant_role" : "revoke_role", {}, {}, {staff, {"role", std::string{choice.name}}}});
    }
    return requests;
}

// One after the other, as far as they are accepted.
void send_in_turn(Stage const& stage, SettingsState& state, std::deque<Request> requests) {
    auto request = std::move(requests.front());
    requests.pop_front();
    state.person_change.sent = true;
    stage.mailbox.submit(std::move(request),
                         [&stage, &state, requests = std::move(requests)](Result<Accepted> const& result) mutable {
                             state.person_change.sent = false;
                             state.person_change.refusal.reset();
                             if (!result) {
                                 state.person_change.refusal = result.error();
                                 return;
                             }
                             if (!requests.empty()) return send_in_turn(stage, state, std::move(requests));
                             close(state);
                             tell_done(stage, stage.say("ui.recorded"), *result);
                         });
}

void draw_role_boxes(Stage const& stage, FormFields& fields, RoleSet held) {
    fields.title(stage.say("field.role"));
    for (auto const& choice : role_choices) {
        auto const role = static_cast<Role>(choice.value);
        if (std::find(std::begin(given_roles), std::end(given_roles), role) == std::end(given_roles) && !held.has(role))
            continue;
        fields.check(role_field(role), role_name(stage.ui, role));
    }
}

void draw_change(Stage const& stage, Rect place, SettingsState& state, PersonLine const& person) {
    auto& form = state.person_change;
    PanelSpec const spec{person.name, "", stage.say("ui.save"), icon::check, PanelGround::card};
    switch (draw_form_panel(stage, place, form, spec, [&](FormFields& fields) {
        fields.note(join_dots({stage.say("field.code"), person.code}));
        fields.field("name", {.required = true});
        fields.field("department", {.find = find_departments(stage.models)});
        draw_role_boxes(stage, fields, person.roles);
        fields.field("left");
        if (form.is_on("left")) fields.note(stage.say("ui.left-words"));
    })) {
        case PanelEvent::send:
            if (auto requests = requests_of(form, person); requests.empty()) close(state);
            else send_in_turn(stage, state, std::move(requests));
            break;
        case PanelEvent::close: close(state); break;
        default: break;
    }
}

void draw_person(Stage const& stage, Rect row, PersonLine const& person, SettingsState& state) {
    auto& ui = stage.ui;
    auto const& theme = ui.theme();
    auto const key = format_id(person.id);
    Region const item{ui.semantics, NodeRole::listitem, {}, key, row};
    Scope const scope{key};
    auto const facts = join_dots(
        {person.code, person.department, roles_words(ui, person.roles), person.left ? stage.say("ui.has-left") : ""});
    if (list_row(ui, row, "row", join_dots({person.name, facts}), state.person_shown == person.id).clicked)
        begin_change(stage, state, person);
    auto inside = row.inset(16, 8);
    auto disc = inside.take_left(36, 12);
    disc = {disc.x, disc.centre_y() - 18, 36, 36};
    ui.fill(disc, theme.accent_soft, 18);
    ui.line(disc, initial_of(person.name), {size::text_body, theme.accent, true}, 0.5F);
    ui.label(inside.take_top(24), person.name, {size::text_body, person.left ? theme.text_2 : theme.text});
    ui.label(inside, facts, {size::text_small, theme.text_2});
    ui.fill({row.x, row.bottom() - 1, row.w, 1}, theme.line);
}

// With the first role that was ticked, and then the others, which are granted once the person is recorded.
void add_person(Stage const& stage, SettingsState& state) {
    std::vector<Role> roles;
    for (auto const role : given_roles)
        if (state.person.is_on(role_field(role))) roles.push_back(role);
    state.person.send(stage, {"code", "name", "department"}, {}, [&stage, &state, roles](Accepted const& accepted) {
        auto const id = accepted.added.front().id;
        recorded(stage, state.person, accepted);
        for (auto const role : roles)
            stage.mailbox.submit(
                {"grant_role", {}, {}, {{"staff", format_id(id)}, {"role", std::string{name_of(role)}}}},
                [&state](Result<Accepted> const& granted) {
                    if (!granted) state.person.refusal = granted.error();
                });
    });
}

void draw_person_form(Stage const& stage, Rect form, SettingsState& state) {
    begin_once(stage, state.person, "add_staff");
    if (draw_form_card(stage, form, state.person, stage.say("ui.add-person"), [&](FormFields& fields, Scroll&) {
            fields.field("name");
            fields.field("code");
            fields.field("department", {.find = find_departments(stage.models)});
            draw_role_boxes(stage, fields, {});
        }))
        add_person(stage, state);
}

}  // namespace

void draw_people(Stage const& stage, Rect place, SettingsState& state) {
    auto& ui = stage.ui;
    auto const* shown = stage.models.registry.person(state.person_shown);
    auto const draw_form = [&](Rect form) {
        if (shown) draw_change(stage, form, state, *shown);
        else draw_person_form(stage, form, state);
    };
    if (has_room_for_form(place)) draw_form(place.take_right(settings_form_width, 16));
    else if (shown) return draw_form(place);
    else if (state.adding) return draw_adding(stage, place, state, draw_form);
    else if (opens_form(stage, place, stage.say("ui.add-person"))) state.adding = true;
    card(ui, place);
    Scroll scroll{ui, "people", place.inset(1), {.role = NodeRole::list, .name = stage.say("ui.people")}};
    for (auto const& person : stage.models.registry.people)
        if (auto const row = scroll.take(60); scroll.sees(row)) draw_person(stage, row, person, state);
}

}  // namespace guanjia
