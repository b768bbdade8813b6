#pragma once
// The panels of the desk. Each keeps what the person is in the middle of in its state and draws into the place it is
// given.

#include <array>
#include <map>
#include <string>
#include <unordered_set>
#include <vector>

#include "web/views/command_form.h"
#include "web/views/stage.h"

namespace guanjia {

struct FirstRunState {
    std::string centre_code, centre_name, desk = "1", manager_code, manager_name;
    bool headquarters = false;
    std::optional<Refusal> refusal;
    std::optional<Refusal> wiped;  // there was a desk in this browser
    float height = 520;            // of the card, as last drawn
};
// What the person asked for: a new desk, or the sample centre.
struct FirstRunAnswer {
    bool create = false;
    bool sample = false;
};
FirstRunAnswer draw_first_run(ui::Ui& ui, ui::Rect place, FirstRunState& state);

// The sample centre is being made.
void draw_preparing(ui::Ui& ui, ui::Rect place, ui::ProgressSpec const& progress);

// Another tab writes, or the records cannot be opened.
enum class NotOpen : std::uint8_t { other_tab, storage_failed, damaged, cut };
// Go on: take over, try again, or open what could be read. Save: what could be read, as a file.
enum class WaitingAnswer : std::uint8_t { none, go_on, save };
WaitingAnswer draw_waiting(ui::Ui& ui, ui::Rect place, NotOpen why, std::string const& reason);

struct ReceptionState {
    CommandForm form;                    // of the ticket; a reception takes what it needs of it
    TicketKind kind = TicketKind::none;  // none: nothing but the need is recorded
    AnyId guessed_for;                   // the unit for which the caller was guessed
    AnyId reception;                     // recorded already; only the ticket is still to be registered
    bool explained = false;              // the steps that follow (GEN-1.2)
    CommandForm answer;                  // what settled a call at once, or when it is called back
    CommandForm call;                    // the promised call-back
    std::string called;                  // number of the reception that is called back
    void begin_call(Stage const& stage, AnyId about, std::string number);
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
    hold,
    resume,
    merge,
    split,
    book,
    repair_visit,
    part,
    ask,
    assign,
    raise,
    tell,
    reply,
    change,
    photo,
};
struct TicketActionState {
    TicketAction action = TicketAction::none;
    std::string ticket;  // number of the ticket it is about
    AnyId record;        // the hand-over reported on, the record to be void
    CommandForm form;
    std::string revealed;
    void begin(Stage const& stage, TicketAction wanted, std::string number, AnyId about = {});
};
// What a list of tickets shows: asked of the book anew when that, the filter or the text is another.
struct TicketList {
    std::vector<TicketBook::Place> places;
    std::uint64_t revision = 0;
    int filter = 0;
    std::string search;
    std::uint64_t searched = 0;  // revision of what was searched
};
struct TicketsState {
    std::string search;
    int filter = 0;  // open, to be visited, finished, all
    TicketList list;
    TicketActionState act;
    std::optional<Refusal> refusal;  // of what was done without a form
    ui::MenuState more;
    AnyId photo;  // that is shown large
};
void draw_tickets(Stage const& stage, ui::Rect place, TicketsState& state);
// The detail of the ticket on show, and the form of what is being done with it.
void draw_ticket(Stage const& stage, ui::Rect place, TicketsState& state);
void draw_photos(Stage const& stage, ui::Scroll& scroll, TicketSnapshot const& ticket, TicketsState& state);
void draw_photo_viewer(Stage const& stage, TicketSnapshot const& ticket, TicketsState& state);
void draw_ticket_action(Stage const& stage, ui::Rect place, TicketActionState& state);

// What return visits show.
enum class VisitsTab : std::uint8_t { due, made, draws, inspections, filing };
struct VisitsState {
    int tab = 0;  // VisitsTab
    ui::TableState made;
    std::uint64_t made_of = 0;       // revision of the models
    CommandForm form;                // of an inspection: of one visit, or of the period
    std::optional<Refusal> refusal;  // of what was done without a form
    void show(VisitsTab wanted) { tab = static_cast<int>(wanted); }
};
void draw_return_visits(Stage const& stage, ui::Rect place, VisitsState& state, TicketsState& tickets);

struct FeedbackView {
    int tab = 0;  // feedback, improvements
    CommandForm form;
    void begin_report(Stage const& stage, std::string number);
};
void draw_feedback(Stage const& stage, ui::Rect place, FeedbackView& state);

struct TodayState {
    int scope = 0;  // mine, the centre's
};
// The panels in which the duties of today are done.
struct TodayTargets {
    ReceptionState& reception;
    TicketsState& tickets;
    VisitsState& visits;
    FeedbackView& feedback;
};
void draw_today(Stage const& stage, ui::Rect place, TodayState& state, TodayTargets const& targets);

// The calendar of agreed visits: the Monday of the week that a route shows, when it shows one.
std::optional<Date> calendar_week(Route const& route, LocalTime now);
void go_to_calendar(Stage const& stage, Date week);
void draw_calendar(Stage const& stage, ui::Rect place, Date monday);

struct FiguresState {
    int tab = 0;         // service, clauses, survey
    int period = 1;      // week, month, month before, quarter, year
    int by = 0;          // week, day, month, person, category, kind
    int clauses_by = 0;  // all days together, day, week, month
    int survey_by = 0;   // week, day, month, person
    FiguresWanted wanted;
    ui::TableState table, compliance, survey;
    std::uint64_t of = 0;  // revision of the models
    Language of_language = Language::chinese;
    ui::ChartState chart;
    FigureQuery query(LocalTime now) const;
};
void draw_figures(Stage const& stage, ui::Rect place, FiguresState& state);

struct SettingsState;
struct HandbookState {
    std::string search, searched;
    std::unordered_set<std::string> found;  // ids of the clauses that match what was searched
    std::string shown;                      // the clause that was last brought into sight
};
void draw_handbook(Stage const& stage, ui::Rect place, HandbookState& state, SettingsState& settings);

// GEN-S4: what the law says to a clause, to inform.
void draw_legal_notes(Stage const& stage, ui::Scroll& scroll, Clause clause);

// What two desks changed unawares, as people call it.
struct ConflictWords {
    std::string about, field, kept, losing, whole;
};
struct HeadquartersState {
    int tab = 0;
    CommandForm settling;                  // of a conflict
    std::vector<ConflictWords> conflicts;  // in the order of the snapshot
    std::uint64_t registry_of = 0;         // revision of the models
    Language language = Language::chinese;
    ui::TableState desks, compliance;
    std::uint64_t of = 0;  // revision of the models
};
void draw_headquarters(Stage const& stage, ui::Rect place, HeadquartersState& state);

// A picker of something that has a value already, which may change elsewhere.
struct ValuePicker {
    ui::PickerState state;
    AnyId shown;
};
struct IntakeState {
    IntakeTarget target = IntakeTarget::owners;
    int part = 0;   // on a small screen: columns, rows
    int shown = 0;  // all rows, or those of a fate
    std::vector<ValuePicker> columns;
    ValuePicker sheet;
    ui::TableState rows;
    std::uint64_t of = 0;  // revision of the job
    int of_shown = 0;
    Language of_language = Language::chinese;
};
void draw_intake(Stage const& stage, ui::Rect place, IntakeState& state);

// What is done about somebody who lives somewhere.
enum class HomeAction : std::uint8_t { none, change, reveal, move_out, move_in, erase, settle };
struct HomesState {
    ui::TableState table;
    std::uint64_t of = 0;  // revision of the models
    Language language = Language::chinese;
    AnyId shown;  // the home that is open, or who lives nowhere
    std::map<std::string, ui::MenuState> menus;
    HomeAction action = HomeAction::none;
    AnyId owner, occupancy;  // whom it is about
    std::string revealed;    // telephone of `owner`
    CommandForm form;
};

struct SettingsState {
    CommandForm person, person_change, unit, owner, change;
    std::optional<Refusal> draw_desk_refusal;
    bool adding = false;  // on a small screen the form stands in the list's place
    AnyId person_shown;   // who is being changed
    HomesState homes;
    std::string day;
    ui::DatePickerState picking_day;
    std::optional<Refusal> day_refusal;
    bool day_photos = false;  // the day file carries them
    std::string parameter;
    bool loading_calendar = false;  // beside the numbers
    IntakeState intake;
    std::string wording;      // the one on show
    std::string wording_was;  // its text when it was opened
};
void draw_settings(Stage const& stage, ui::Rect place, SettingsState& state);
// Goes to where a number of the procedures is changed.
void begin_parameter(Stage const& stage, SettingsState& state, std::string_view name);
// … and where a text is.
void begin_wording(Stage const& stage, SettingsState& state, WordingRow const& row);
// The texts that a centre words for itself: the list, and beside it the one that is being changed.
void draw_wordings(Stage const& stage, ui::Rect place, SettingsState& state);

struct GalleryState {
    ui::MenuState menu;
    int tab = 0;
    std::string plain, required, search, password = "secret", lines, money = "1224.80", date, clock;
    ui::PickerState person;
    ui::DatePickerState picking;
    ui::ClockPickerState picking_time;
    int method = 0, grade = -1;
    bool checked = true, toggled = true;
    std::string strokes;
    std::array<ui::ChartState, 3> charts;
    ui::TableState table;
};
void draw_gallery(Stage const& stage, ui::Rect place, GalleryState& state);

// The box at the top: commands, tickets, people, homes and clauses by a few characters or their pinyin.
struct PaletteLine {
    SearchKey key;
    std::string title, detail;
    std::string target;  // the number by which it is opened
    char const* icon = nullptr;
    char const* kind_words = "";     // key
    std::vector<std::string> marks;  // what was met of title and detail
};
struct PaletteState {
    std::string text;
    bool open = false;
    bool had_focus = false;
    int marked = 0;
    std::vector<PaletteLine> lines;
    std::size_t matched = 0;
    // What the lines are of.
    std::string looked_up = "\n";
    std::uint64_t revision = 0;
    Language language = Language::chinese;
};
PaletteLine describe_hit(Stage const& stage, SearchHit const& hit);
// What the page itself can do, to be found beside the records.
void offer_page_commands(Mailbox& mailbox);
struct AppState;
void draw_search_box(Stage const& stage, ui::Rect place, AppState& app);
void draw_palette(Stage const& stage, ui::Rect box, std::uint32_t list, AppState& app);

void draw_shortcuts(Stage const& stage, ui::Rect page, bool& open);

struct AppState {
    FirstRunState first_run;
    TodayState today;
    ReceptionState reception;
    TicketsState tickets;
    VisitsState visits;
    FeedbackView feedback;
    FiguresState figures;
    HandbookState handbook;
    HeadquartersState headquarters;
    SettingsState settings;
    GalleryState gallery;
    PaletteState palette;
    bool switching_person = false;
    bool shortcuts = false;
    ui::MenuState more_places;
    Language language = Language::chinese;  // of what is told in passing
};
// Rail, top bar, the view of the route and what lies above it.
void draw_app(Stage const& stage, ui::Rect place, AppState& state);

}  // namespace guanjia
