#pragma once
// What every view is given: what to draw with, what to show, where to send what the person asks for, and the frame
// around it all (where we are, what is said in passing, how the records stand).

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "web/views/mailbox.h"
#include "web/views/words.h"
#include "web/widgets/controls.h"

namespace guanjia {

enum class Place : std::uint8_t { today, reception, tickets, return_visits, headquarters, settings };
inline constexpr Place all_places[] = {Place::today,         Place::reception,    Place::tickets,
                                       Place::return_visits, Place::headquarters, Place::settings};

// One address per view: "tickets/TS-20261119-A004".
struct Route {
    Place place = Place::today;
    std::string detail;  // number of the ticket, or the part of the settings
    friend bool operator==(Route const&, Route const&) = default;
};
Route parse_route(std::string_view path);
std::string path_of(Route const& route);
std::string_view name_of(Place place);

// How the records stand, told truly.
struct RecordStatus {
    enum class Save : std::uint8_t { saved, saving, not_saved, read_only };
    Save save = Save::saved;
    LocalTime saved_at = no_time;
    bool online = true;
    bool update_waits = false;
    std::uint64_t bytes = 0;  // size of the records
};

class Shell {
public:
    Route route;
    RecordStatus status;
    bool new_address = false;      // the page is to be told
    bool replace_address = false;  // … without a step in its history
    std::function<void()> choose_file;
    std::function<void()> take_over;
    std::function<void()> update;
    std::function<void(Language)> set_language;
    std::function<void(AnyId)> set_person;
    std::function<void()> new_rescue_file;

    void go(Place place, std::string detail = {});
    // A short word in passing; also announced.
    void tell(ui::Ui& ui, std::string words, ui::Tone tone = ui::Tone::ok);

    struct Told {
        std::string words;
        ui::Tone tone = ui::Tone::ok;
        double until = 0;  // seconds of the page's clock
    };
    std::optional<Told> told;
    double seconds = 0;  // the page's clock
};

struct Stage {
    ui::Ui& ui;
    Models const& models;
    Mailbox& mailbox;
    Shell& shell;

    std::string say(std::string_view key, std::vector<std::pair<std::string, std::string>> const& details = {}) const {
        return ui.say(key, details);
    }
    // The person at the desk; null when nobody has said who is.
    PersonLine const* person() const { return models.registry.person(mailbox.person()); }
    // Of the person at the desk, or of a role that the person holds; everybody's while nobody has said who is.
    bool is_mine(Duty const& duty) const;
    bool may_be(RoleSet roles) const { return person() && person()->roles.meets(roles); }
};

// The page's head: title, a few words beside it, what is left of the row for buttons. Height 56.
ui::Rect page_head(Stage const& stage, ui::Rect& place, std::string_view title, std::string_view beside);
// The narrow column "依据" with the clauses that govern what is on screen.
void draw_clauses(Stage const& stage, ui::Rect place, std::initializer_list<std::string_view> clauses);
// Whether there is room for it beside a view of this width.
bool has_clause_column(ui::Ui const& ui);

// A field of a command that is being filled in, with what the last refusal said of it.
struct Form {
    std::optional<Refusal> refusal;
    bool sent = false;  // waits for its answer
};
// Sends a command; clears the form's refusal, or keeps the new one.
void send(Stage const& stage, Form& form, std::string command, std::vector<std::pair<std::string, std::string>> fields,
          std::function<void(Accepted const&)> accepted);

// Items of the register for pickers.
ui::PickerFind find_units(Models const& models);
ui::PickerFind find_owners(Models const& models, AnyId unit);
ui::PickerFind find_people(Models const& models);
ui::PickerFind find_departments(Models const& models);

}  // namespace guanjia
