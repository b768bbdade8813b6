#pragma once
// The only way from a view to the desk: what a person asks for goes in and its answer comes back later; what a view
// shows is a snapshot or a book, brought up to date when the journal or the minute has moved and never while a frame is
// drawn. Nothing here knows SQLite or the browser, so that the desk could live in a worker one day.

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/strings.h"
#include "core/desk/search_sources.h"
#include "core/desk/snapshots.h"
#include "core/service/feedback/queries.h"
#include "core/service/figures/book.h"
#include "core/service/repairs/queries.h"
#include "core/service/ticket_book.h"
#include "core/service/visits/queries.h"
#include "web/views/intake_job.h"

namespace guanjia {

using PhotosByHash = std::map<Hash, std::string>;

// What the mailbox asks of the page.
struct PageServices {
    std::function<void(std::string const& name, std::string const& bytes)> download;
    std::function<void(std::string const& html)> print;
    std::function<void()> wake;
    std::function<void(std::string const& uses)> remember_uses;
    // Photos that a day file carried are kept; those that one is to carry are brought, if they are here.
    PhotoKeeper keep_photo;
    std::function<void(std::vector<Hash> const& photos, std::function<void(PhotosByHash)> brought)> bring_photos;
};

struct ImportJob {
    std::string file;
    std::uint64_t done = 0;
    std::uint64_t all = 0;
    double began = 0;                            // seconds of the page's clock
    std::optional<Result<ImportReport>> result;  // while there is none the file is being taken in
};

// The snapshots that a place needs; each is there when it was asked for by `need`.
struct Models {
    RegistrySnapshot registry;
    std::optional<TodaySnapshot> today;
    TicketBook const* tickets = nullptr;  // null while there is no desk; fills in the first moments
    std::optional<TicketSnapshot> ticket;
    std::optional<HeadquartersSnapshot> headquarters;
    std::optional<FiguresSnapshot> figures;
    std::vector<ReceptionLine> receptions;
    std::vector<VisitLine> visits;
    std::vector<DrawLine> draws;
    std::vector<InspectionLine> inspections;
    std::vector<RegisterMonth> register_months;
    std::vector<BookedLine> booked;  // of the week that was needed
    std::vector<FeedbackLine> feedback;
    std::vector<ImprovementLine> improvements;
    SearchIndex const* search = nullptr;  // null while there is no desk; follows the others
    // Change whenever what they count is taken anew.
    std::uint64_t registry_revision = 0, headquarters_revision = 0, visits_revision = 0, figures_revision = 0,
                  search_revision = 0;
    std::optional<Refusal> trouble;  // why a snapshot could not be taken
};

struct Needs {
    bool headquarters = false;
    bool receptions = false;
    bool visits = false;
    bool feedback = false;
    std::string ticket;  // number
    std::optional<FigureQuery> figures;
    FiguresWanted figures_wanted;
    std::optional<Date> booked_week;  // its Monday
    friend bool operator==(Needs const&, Needs const&) = default;
};

class Mailbox {
public:
    explicit Mailbox(PageServices services) : services_{std::move(services)} {}

    // The desk behind it; null while there is none.
    void attach(Desk* desk);
    bool has_desk() const { return desk_ != nullptr; }
    // Something was asked that is not done yet.
    bool has_letters() const { return !letters_.empty(); }

    using Answer = std::function<void(Result<Accepted> const&)>;
    // In the order asked. `by` is filled in with the person at the desk.
    void submit(Request request, Answer answer);
    void print(std::string form, std::string record, std::function<void(Refusal const&)> refused);
    enum class Carry { no_photos, photos };
    void export_day(Date day, Carry carry, std::function<void(Result<SliceHeader> const&)> answer);
    void import(std::string file, std::string bytes);

    // Of some photos those that nothing names any more: they were erased, or never came to be named.
    void find_unnamed_photos(std::vector<Hash> photos, std::function<void(std::vector<Hash> const&)> answer);

    // A table of another program; one at a time. seconds: of the page's clock.
    void take_table(std::string file, std::string bytes, IntakeTarget target, double seconds);
    std::shared_ptr<IntakeJob> const& intake() { return intake_; }
    void drop_table();

    // The command that would take back what was just accepted; nothing where the rules do not allow it.
    void undo(std::uint64_t entry, Language language, Answer answer);
    bool may_undo(Accepted const& accepted) const;

    // What was typed and not yet sent, by the form's own key; empty when there is nothing.
    std::string draft(std::string const& key) const;
    void keep_draft(std::string const& key, std::string const& content);
    void drop_draft(std::string const& key);

    // Somebody chose this of what was found: it comes earlier the next time.
    void chosen(SearchKey const& key);
    // What the page itself can do is found beside the records.
    void offer_command(std::string name, std::vector<std::string> const& words) {
        search_.offer(std::move(name), words);
    }
    void restore_uses(std::string_view uses) { search_.restore_uses(uses); }

    void set_person(AnyId person) { person_ = person; }
    AnyId person() const { return person_; }

    // Before a frame is laid out: does what was asked, a few milliseconds of an import and of loading the book, and
    // renews what is shown. True while there is more to do. seconds: of the page's clock.
    bool step(LocalTime now, Needs const& needs, double seconds);

    Models const& models() const { return models_; }
    std::deque<ImportJob> const& imports() const { return imports_; }

private:
    using DayAnswer = std::function<void(Result<SliceHeader> const&)>;
    void write_day(Desk& desk, Date day, PhotoSource const& photos, DayAnswer const& answer);
    struct RunningImport;
    struct Letter {
        std::function<void(Desk&)> run;
    };
    void refresh(LocalTime now, Needs const& needs);
    Result<void> take_registry(Homes homes);
    void registry_taken();
    bool follow_homes();
    void refresh_registry_and_today(LocalTime now);
    bool follow_tickets(LocalTime now);
    bool follow_measures();
    bool describe_today();
    void take_figures(LocalTime now, Needs const& needs);
    void restore_drafts();
    void moved() { ++revision_; }
    bool step_import();
    bool step_intake(double seconds);

    PageServices services_;
    Desk* desk_ = nullptr;
    AnyId person_;
    std::deque<Letter> letters_;
    std::deque<ImportJob> imports_;
    std::deque<std::string> import_bytes_;
    std::shared_ptr<RunningImport> running_;
    std::shared_ptr<IntakeJob> intake_;
    Models models_;
    TicketBook tickets_;
    MeasureBook measures_;
    DeskSearch search_;
    std::map<std::string, std::string> drafts_;
    std::uint64_t searched_revision_ = 0;  // of the book
    bool figures_wait_ = false;            // to be taken when the measures are there
    // What the next step takes of the homes that the registry was taken without.
    enum class HomesStep : std::uint8_t { none, units, owners, search };
    HomesStep homes_ = HomesStep::none;
    ChangeFeed::Position position_ = 0;  // of the feed: registry and Today are as of it
    std::uint64_t revision_ = 1;
    std::uint64_t shown_revision_ = 0;
    std::int64_t shown_minute_ = 0;
    Needs shown_needs_;
};

}  // namespace guanjia
