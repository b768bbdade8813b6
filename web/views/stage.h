#pragma once
// What every view is given: what to draw with, what to show, where to send what the person asks for, and the frame
// around it all (where we are, what is said in passing, how the records stand).

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "web/views/mailbox.h"
#include "web/views/words.h"
#include "web/widgets/controls.h"

namespace guanjia {

enum class Place : std::uint8_t {
    today,
    reception,
    tickets,
    return_visits,
    feedback,
    figures,
    handbook,
    headquarters,
    settings,
    gallery
};
struct PlaceRow {
    std::string_view name;  // in the address
    char const* icon = nullptr;
    char const* words = nullptr;  // key; what has none is reached by its address alone
    bool daily = false;           // reached at once on the smallest screen too
};
// In the order of Place, which is that of the rail: the daily ones first.
inline constexpr PlaceRow place_rows[] = {
    {"today", icon::today, "ui.place-today", true},
    {"reception", icon::reception, "ui.place-reception", true},
    {"tickets", icon::tickets, "ui.place-tickets", true},
    {"return-visits", icon::return_visits, "ui.place-return-visits", true},
    {"feedback", icon::star, "ui.place-feedback"},
    {"figures", icon::figures, "ui.place-figures"},
    {"handbook", icon::handbook, "ui.place-handbook"},
    {"headquarters", icon::headquarters, "ui.place-headquarters"},
    {"settings", icon::settings, "ui.place-settings"},
    {"gallery"},
};
static_assert(std::size(place_rows) == static_cast<std::size_t>(Place::gallery) + 1);
constexpr PlaceRow const& row_of(Place place) { return place_rows[static_cast<std::size_t>(place)]; }

// One address per view: "tickets/TS-20261119-A004".
struct Route {
    Place place = Place::today;
    std::string detail;  // number of the ticket, or the part of the settings
    friend bool operator==(Route const&, Route const&) = default;
};
Route parse_route(std::string_view path);
std::string path_of(Route const& route);

// How the records stand, told truly.
struct RecordStatus {
    enum class Save : std::uint8_t { saved, saving, not_saved, read_only };
    Save save = Save::saved;
    bool unsaved = false;  // read_only: what was entered here last is nowhere else
    bool wiped = false;    // read_only: the browser has removed the records; this page holds the last copy
    LocalTime saved_at = no_time;
    bool online = true;
    bool update_waits = false;
    std::uint64_t bytes = 0;  // size of the records
};

enum class ThemeChoice : std::uint8_t { system, light, dark, contrast };
std::string_view name_of(ThemeChoice choice);
ThemeChoice theme_choice(std::string_view name);

// How the person wants to see it; kept by this browser.
struct Look {
    ThemeChoice theme = ThemeChoice::system;
    std::size_t text_size = 0;  // usual, large, larger
    bool notices = false;       // told by the system too when a duty is near
};
// Whether the browser lets us.
enum class NoticePermission : std::uint8_t { unasked, granted, denied };

class Shell {
public:
    Route route;
    RecordStatus status;
    bool new_address = false;      // the page is to be told
    bool replace_address = false;  // … without a step in its history
    std::function<void()> choose_file;
    std::function<void()> choose_photo;  // for the ticket that is shown
    std::function<void(std::string const& hash, std::string const& name)> save_photo;
    std::function<void()> paste;
    std::function<void()> take_over;
    std::function<void()> update;
    std::function<void(Language)> set_language;
    std::function<void(Look const&)> set_look;
    std::function<void()> ask_for_notices;
    std::function<void(std::string const& name, std::string const& bytes)> download;
    std::function<void(AnyId)> set_person;
    std::function<void()> new_rescue_file;

    void go(Place place, std::string detail = {});
    // A short word in passing, with something that can be done while it stands there; also announced.
    void tell(ui::Ui& ui, std::string words, ui::Tone tone = ui::Tone::ok, std::string action = {},
              std::function<void()> act = {});
    // A question above everything; what follows from "yes".
    void ask(ui::Question question, std::function<void()> yes);

    // Something on screen goes by itself then, on the page's clock.
    void change_at(double second) { next_change = std::min(next_change.value_or(second), second); }

    Look look;
    NoticePermission notices = NoticePermission::unasked;
    std::deque<ui::Toast> toasts;
    std::function<void()> undo;  // of what was done last; nothing when it cannot be taken back
    std::optional<ui::Question> question;
    std::function<void()> on_yes;
    double seconds = 0;  // the page's clock
    std::optional<double> next_change;
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
    // Opens a ticket by its number, or where two centres may have given one number to two, by its id.
    void go_to_ticket(AnyId id, std::string const& number) const;
};

// The page's head: title, a few words beside it, what is left of the row for buttons. Height 56. `kept`: the width that
// buttons need in any case; the words are cut for it, and on a small screen left out.
ui::Rect page_head(Stage const& stage, ui::Rect& place, std::string_view title, std::string_view beside,
                   float kept = 0);
// "RV-4.1" in its frame, which opens the handbook at that clause.
void clause_link(Stage const& stage, ui::Rect place, std::string_view id);
// The narrow column "依据" with the clauses that govern what is on screen.
void draw_clauses(Stage const& stage, ui::Rect place, std::initializer_list<std::string_view> clauses);
// Whether there is room for it beside a view of this width.
bool has_clause_column(ui::Ui const& ui);

// What is left of a view's place inside its margins; and whether there is room for one column only.
ui::Rect page_inset(ui::Ui const& ui, ui::Rect place);
bool has_one_column(ui::Ui const& ui);

// A list at the left whose record stands beside it, or on a small screen in its place.
inline constexpr float list_column = 372;
inline constexpr float list_row_height = 66;
// The ground of the list; gives where its head is drawn.
ui::Rect begin_list_column(Stage const& stage, ui::Rect place);
// What is left below the head for the rows.
ui::Rect list_column_rows(Stage const& stage, ui::Rect place, ui::Rect below_head);
// The way back to the list, where the record stands in its place: cut off the left of the record's first row.
void draw_way_back(Stage const& stage, ui::Rect& row, Place place);

// Says that something was recorded, and lets it be taken back where the rules allow.
void tell_done(Stage const& stage, std::string words, Accepted const& accepted);

// The working calendar and hours as pickers need them.
ui::DayKinds day_kinds(Models const& models);
int opening_minute(Models const& models);
int closing_minute(Models const& models);

// Items of the register for pickers.
ui::PickerFind find_units(Models const& models);
ui::PickerFind find_owners(Models const& models, AnyId unit);
ui::PickerFind find_people(Models const& models);
ui::PickerFind find_departments(Models const& models);
// GEN-2.2: the categories of a kind of ticket: with nothing typed the groups, else every path that holds it.
ui::PickerFind find_categories(ui::Ui const& ui, Models const& models, TicketKind kind);
// Each ticket that is open has exactly one duty of this kind (GEN-3.2): its line stands for the ticket.
bool stands_for_open_ticket(DutyLine const& line);
// Tickets that are open, but for one.
ui::PickerFind find_open_tickets(Models const& models, std::string except);

}  // namespace guanjia
