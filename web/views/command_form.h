#pragma once
// A command that a person is filling in. Which fields it has, which of them are required and what they may hold follow
// from the command's description; their labels and hints stand in assets/strings ("field.cause",
// "field.close_ticket.cause" where one command says it otherwise, "hint.…" likewise). What has been typed is kept as a
// draft until it is sent.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/views/scripts.h"
#include "web/views/stage.h"

namespace guanjia {

// The strings of a field: "field." or "hint.", of this command or of all.
std::string field_words(ui::Ui const& ui, std::string_view kind, std::string_view command, std::string_view field);
// "channel.", "ticket-kind." …: what the names of a choice's values are prefixed with in assets/strings.
std::string_view choice_prefix(std::span<Choice const> choices);
std::string choice_words(ui::Ui const& ui, std::span<Choice const> choices, std::int64_t value);

class CommandForm {
public:
    // Begins anew, with what was kept of an earlier beginning. `about` tells forms of one command apart: the number of
    // a ticket, say.
    void begin(Stage const& stage, std::string command, std::string about = {});
    bool is(std::string_view command, std::string_view about = {}) const {
        return command_ == command && about_ == about;
    }
    std::string const& command() const { return command_; }
    std::string const& about() const { return about_; }
    // Forgets what was typed, and the draft with it.
    void clear(Stage const& stage);

    // As typed.
    std::string const& text(std::string_view field) const;
    void set(std::string_view field, std::string text);
    bool is_on(std::string_view field) const { return text(field) == "true"; }
    // Of a choice.
    template <class Enum>
    Enum chosen(std::string_view field) const {
        for (auto const& choice : choices_of<Enum>)
            if (choice.name == text(field)) return static_cast<Enum>(choice.value);
        return Enum::none;
    }
    // As it would be sent; empty when there is nothing.
    std::string sent_text(std::string_view field) const;
    // Puts a filled template after what is there.
    void insert(std::string_view field, std::string_view words);
    // Of a picker: what was chosen.
    ui::PickerState& picker(std::string_view field) { return pickers_[std::string{field}]; }

    // The draft follows what is typed, after a moment.
    void keep(Stage const& stage);
    bool has_draft() const { return has_draft_; }

    // Sends it with these fields, and with `more`; `accepted` once it is recorded. Kept as it is when it is refused.
    void send(Stage const& stage, std::initializer_list<std::string_view> fields,
              std::vector<std::pair<std::string, std::string>> more, std::function<void(Accepted const&)> accepted);
    std::optional<Refusal> refusal;
    bool sent = false;

    // GEN-S4: what stood in the way may be overridden, as long as the form is as it was refused.
    bool may_be_overridden() const { return refusal && refusal->guard && encoded() == refused_as_; }
    // … and the reason for it has been written.
    bool overrides() const;

private:
    friend class FormFields;
    std::string encoded() const;
    void decode(std::string_view draft);

    std::string command_;
    std::string about_;
    std::map<std::string, std::string, std::less<>> texts_;
    std::map<std::string, ui::PickerState, std::less<>> pickers_;
    std::map<std::string, ui::DatePickerState, std::less<>> dates_;
    std::map<std::string, ui::ClockPickerState, std::less<>> clocks_;
    std::map<std::string, ui::MenuState, std::less<>> menus_;
    std::string kept_;       // what the draft holds
    double changed_at_ = 0;  // seconds of the page's clock
    bool has_draft_ = false;
    bool began_with_draft_ = false;
    std::string refused_as_;       // what it held then
    std::string override_reason_;  // not kept: it is of this one moment
    AnyId override_by_;            // nobody: the person at the desk
};

struct FieldOptions {
    float lines = 0;  // of a long text; 4 when 0
    char const* icon = nullptr;
    std::size_t columns = 0;  // of a choice
    std::string label = {};   // a key, instead of the field's own
    std::optional<bool> required = {};
    ui::PickerFind find = {};  // of a text that is picked out of many
    bool goes_on = false;      // what was picked may be a group of which more can be picked
    // The values that are offered, in order; all when empty.
    std::vector<std::int64_t> values = {};
};

// Draws a form's fields, one below the other.
class FormFields {
public:
    FormFields(Stage const& stage, ui::Scroll& scroll, CommandForm& form)
        : stage_{stage}, ui_{stage.ui}, scroll_{scroll}, form_{form} {}

    // The control that fits the field's type. True when it has changed.
    bool field(std::string_view name, FieldOptions const& options = {});
    // Two side by side, where there is room.
    void pair(std::string_view left, FieldOptions const& left_options, std::string_view right,
              FieldOptions const& right_options);
    void signature(std::string_view name);
    // GEN-2.1: impact and urgency propose a priority; who takes another says why.
    void priority();
    // The whole sentence of the refusal, with the way to override it where there is one, and that a draft was taken up.
    void head();
    // A box to tick that is no field of the command.
    void check(std::string_view name, std::string_view words);
    void note(std::string_view words);
    // What the fields below it are together.
    void title(std::string_view words);
    // Words as they stand somewhere else, under a small title.
    void quote(std::string const& title, std::string const& words);
    // A button of its own row.
    bool action(std::string const& words, char const* icon);
    // The questions of the survey, each with its satisfaction; what is answered is kept in this field.
    void survey(std::string_view name, WordingRow const& wording);
    // GEN-3.1: scripts are offered at the fields that they are for, filled with these values.
    void offer_scripts(ScriptValues values);
    // A field that is typed as text, whatever its type, and read by whoever sends it.
    void typed(std::string_view name, FieldOptions const& options);

private:
    void draw_override();
    Field const* described(std::string_view name) const;
    ui::FieldSpec spec_of(Field const& field, FieldOptions const& options) const;
    float height_of(Field const& field, FieldOptions const& options) const;
    bool draw(ui::Rect place, Field const& field, FieldOptions const& options);
    // What is pressed to insert a script.
    float script_row(Field const& field) const;
    void draw_scripts(ui::Rect place, Field const& field);
    bool draw_choice(ui::Rect place, Field const& field, FieldOptions const& options);
    bool draw_reference(ui::Rect place, Field const& field, FieldOptions const& options);
    bool draw_time(ui::Rect place, Field const& field, FieldOptions const& options);

    Stage const& stage_;
    ui::Ui& ui_;
    ui::Scroll& scroll_;
    CommandForm& form_;
    std::optional<ScriptValues> script_values_;
};

// A form at the side: its head, its fields, and the button that sends it. `draw` draws the fields. Tells what the
// person did.
enum class PanelEvent : std::uint8_t { none, send, close };
struct PanelSpec {
    std::string title;
    std::string_view clause;
    std::string button;
    char const* icon = icon::check;
    ui::PanelGround ground = ui::PanelGround::side;
    ui::ButtonKind kind = ui::ButtonKind::primary;
};
PanelEvent draw_form_panel(Stage const& stage, ui::Rect place, CommandForm& form, PanelSpec const& spec,
                           std::function<void(FormFields&)> const& draw);

}  // namespace guanjia
