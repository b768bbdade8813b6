#pragma once
// The panels of the desk. Each keeps what the person is in the middle of in its state and draws into the place it is
// given.

#include <string>
#include <vector>

#include "web/views/stage.h"

namespace guanjia {

struct FirstRunState {
    std::string centre_code, centre_name, desk = "1", manager_code, manager_name;
    bool headquarters = false;
    std::optional<Refusal> refusal;
    float height = 520;  // of the card, as last drawn
};
// What the person asked for: a new desk, or the sample centre.
struct FirstRunAnswer {
    bool create = false;
    bool sample = false;
};
FirstRunAnswer draw_first_run(ui::Ui& ui, ui::Rect place, FirstRunState& state);

// Another tab writes, or the records cannot be opened.
enum class Waiting : std::uint8_t { other_tab, storage_failed, damaged };
bool draw_waiting(ui::Ui& ui, ui::Rect place, Waiting why, std::string const& reason);

struct ReceptionState {
    Form form;
    int channel = 1;
    int kind = -1;  // enquiry, repair, complaint, or nothing but the need
    int priority = 1;
    ui::PickerState unit, owner;
    std::string phone, words, wish, category;
    bool safety = false;
    AnyId reception;  // recorded already; only the ticket is still to be registered
    void clear() { *this = {}; }
};
void draw_reception(Stage const& stage, ui::Rect place, ReceptionState& state);

enum class TicketAction : std::uint8_t {
    none,
    contact,
    own,
    hand_over,
    report,
    close,
    visit,
    reopen,
    void_record,
    reveal,
    validity,
    importance,
};
struct TicketActionState {
    TicketAction action = TicketAction::none;
    std::string ticket;  // number of the ticket it is about
    Form form;
    int first = -1, second = -1, third = -1;  // choices, by what the action asks
    std::string text, detail, name;
    ui::PickerState picker;
    AnyId record;         // the hand-over reported on, the record to be void
    std::string strokes;  // signature
    bool refused = false;
    bool solved = true;
    std::string revealed;
    void begin(TicketAction wanted, std::string number, AnyId about = {}) {
        *this = {};
        action = wanted;
        ticket = std::move(number);
        record = about;
    }
};
// What a list of tickets shows: asked of the book anew when that, the filter or the text is another.
struct TicketList {
    std::vector<TicketBook::Place> places;
    std::uint64_t revision = 0;
    int filter = 0;
    std::string search;
};
struct TicketsState {
    std::string search;
    int filter = 0;  // open, to be visited, finished, all
    TicketList list;
    TicketActionState act;
    bool more = false;
};
void draw_tickets(Stage const& stage, ui::Rect place, TicketsState& state);
// The detail of the ticket on show, and the form of what is being done with it.
void draw_ticket(Stage const& stage, ui::Rect place, TicketsState& state);
void draw_ticket_action(Stage const& stage, ui::Rect place, TicketActionState& state);

struct TodayState {
    int scope = 0;  // mine, the centre's
};
void draw_today(Stage const& stage, ui::Rect place, TodayState& state, TicketsState& tickets);

struct VisitsState {
    int tab = 0;  // to be made, made
};
void draw_return_visits(Stage const& stage, ui::Rect place, VisitsState& state, TicketsState& tickets);

struct HeadquartersState {
    int tab = 0;
};
void draw_headquarters(Stage const& stage, ui::Rect place, HeadquartersState& state);

struct SettingsState {
    std::string person_code, person_name;
    ui::PickerState department;
    int role = -1;
    Form person_form;
    std::string unit_code, owner_name, owner_phone;
    Form unit_form;
    Form owner_form;
    ui::PickerState owner_unit;
    int relation = 0;
    std::string day;
    std::optional<Refusal> day_refusal;
    Form parameter_form;
    std::string parameter, value, reason;
};
void draw_settings(Stage const& stage, ui::Rect place, SettingsState& state);

struct AppState {
    FirstRunState first_run;
    TodayState today;
    ReceptionState reception;
    TicketsState tickets;
    VisitsState visits;
    HeadquartersState headquarters;
    SettingsState settings;
    bool switching_person = false;
};
// Rail, top bar, the view of the route and what lies above it.
void draw_app(Stage const& stage, ui::Rect place, AppState& state);

}  // namespace guanjia
