#include "web/views/mailbox.h"

#include <sstream>

#include "core/base/text.h"
#include "core/desk/documents.h"
#include "core/desk/undo.h"
#include "core/service/photos/queries.h"

namespace guanjia {

namespace {

constexpr std::size_t entries_per_step = 200;
constexpr std::size_t lines_per_step = 500;
constexpr std::size_t measures_per_step = 1000;
constexpr std::size_t duties_per_step = 150;
constexpr std::size_t lists_limit = 500;
constexpr std::size_t draws_limit = 26;  // half a year of weeks

template <class Snapshot>
void keep(std::optional<Snapshot>& place, Result<Snapshot> taken, std::optional<Refusal>& trouble) {
    if (taken) place = std::move(*taken);
    else trouble = std::move(taken.error());
}

}  // namespace

struct Mailbox::RunningImport {
    RunningImport(Desk& desk, std::string bytes, PhotoKeeper keep_photo)
        : from{std::move(bytes)}, import{desk, from, std::move(keep_photo)} {}
    std::istringstream from;
    FileImport import;
};

void Mailbox::attach(Desk* desk) {
    desk_ = desk;
    // What counts the changes goes on counting: whoever remembers an earlier number must not meet it again.
    Models fresh;
    fresh.registry_revision = models_.registry_revision + 1;
    fresh.headquarters_revision = models_.headquarters_revision + 1;
    fresh.visits_revision = models_.visits_revision + 1;
    fresh.search_revision = models_.search_revision + 1;
    models_ = std::move(fresh);
    search_.take(models_.registry);
    tickets_.clear();
    measures_.clear();
    drafts_.clear();
    if (desk) {
        models_.tickets = &tickets_;
        models_.search = &search_.index();
        restore_drafts();
    }
    position_ = 0;
    homes_ = HomesStep::none;
    running_.reset();
    intake_.reset();
    moved();
}

void Mailbox::submit(Request request, Answer answer) {
    letters_.push_back({[this, request = std::move(request), answer = std::move(answer)](Desk& desk) mutable {
        if (request.by.empty() && person_) request.by = format_id(person_);
        auto const result = desk.submit(request);
        moved();
        answer(result);
    }});
    services_.wake();
}

void Mailbox::print(std::string form, std::string record, std::function<void(Refusal const&)> refused) {
    letters_.push_back(
        {[this, form = std::move(form), record = std::move(record), refused = std::move(refused)](Desk& desk) {
            auto const html = print_form(desk, form, record, person_);
            if (html) services_.print(*html);
            else refused(html.error());
        }});
    services_.wake();
}

void Mailbox::write_day(Desk& desk, Date day, PhotoSource const& photos, DayAnswer const& answer) {
    std::ostringstream to;
    auto header = guanjia::export_day(desk, day, to, photos);
    auto const bytes = to.str();
    if (header) {
        // Read again before it leaves: a file that cannot be read back is no hand-over.
        std::istringstream from{bytes};
        if (auto const verified = verify_slice(from); !verified || !(*verified == *header))
            header = refuse("exchange.not-written", {"output"});
    }
    if (header)
        services_.download(header->desk.centre_code + "-" + header->desk.letter() + "-" + format_date(day) + ".gjslice",
                           bytes);
    moved();
    answer(header);
}

void Mailbox::export_day(Date day, Carry carry, DayAnswer answer) {
    letters_.push_back({[this, day, carry, answer = std::move(answer)](Desk& desk) {
        if (carry == Carry::no_photos) return write_day(desk, day, {}, answer);
        auto const named = photos_of_day(desk, day);
        if (!named) return answer(tl::unexpected{named.error()});
        services_.bring_photos(*named, [this, day, answer](PhotosByHash photos) {
            letters_.push_back({[this, day, answer, photos = std::move(photos)](Desk& again) {
                auto const brought = [&](Hash const& hash) {
                    auto const found = photos.find(hash);
                    return found == photos.end() ? std::nullopt : std::optional{found->second};
                };
                write_day(again, day, brought, answer);
            }});
            services_.wake();
        });
    }});
    services_.wake();
}

void Mailbox::find_unnamed_photos(std::vector<Hash> photos, std::function<void(std::vector<Hash> const&)> answer) {
    letters_.push_back({[photos = std::move(photos), answer = std::move(answer)](Desk& desk) mutable {
        auto const looked = guarded([&]() -> Result<void> {
            std::erase_if(photos, [&](Hash const& hash) { return is_photo_named(desk.database(), hash); });
            return {};
        });
        if (looked) answer(photos);
    }});
    services_.wake();
}

void Mailbox::import(std::string file, std::string bytes) {
    imports_.push_back({std::move(file), 0, bytes.size(), 0, {}});
    import_bytes_.push_back(std::move(bytes));
    services_.wake();
}

void Mailbox::take_table(std::string file, std::string bytes, IntakeTarget target, double seconds) {
    intake_ = std::make_shared<IntakeJob>(std::move(file), std::move(bytes), target, seconds);
    services_.wake();
}

void Mailbox::drop_table() {
    // Another may have come in its place meanwhile.
    letters_.push_back({[this, job = intake_](Desk&) {
        if (intake_ == job) intake_.reset();
    }});
    services_.wake();
}

bool Mailbox::may_undo(Accepted const& accepted) const {
    if (!desk_ || !person_) return false;
    return undo_request(*desk_, accepted.entry, format_id(person_)).has_value();
}

void Mailbox::undo(std::uint64_t entry, Language language, Answer answer) {
    letters_.push_back({[this, entry, language, answer = std::move(answer)](Desk& desk) {
        auto const request = undo_request(desk, entry, format_id(person_), language);
        auto const result = request ? desk.submit(*request) : Result<Accepted>{tl::unexpected{request.error()}};
        moved();
        answer(result);
    }});
    services_.wake();
}

std::string Mailbox::draft(std::string const& key) const {
    auto const found = drafts_.find(key);
    return found == drafts_.end() ? std::string{} : found->second;
}

void Mailbox::keep_draft(std::string const& key, std::string const& content) {
    drafts_[key] = content;
    // One that cannot be kept is still here until the page goes; what is wrong with the records is told elsewhere.
    letters_.push_back({[key, content](Desk& desk) { static_cast<void>(desk.keep_draft(key, content)); }});
    services_.wake();
}

void Mailbox::drop_draft(std::string const& key) {
    drafts_.erase(key);
    letters_.push_back({[key](Desk& desk) { static_cast<void>(desk.drop_draft(key)); }});
    services_.wake();
}

void Mailbox::restore_drafts() {
    if (auto const kept = desk_->drafts())
        for (auto const& draft : *kept) drafts_.emplace(draft.key, draft.content);
}

void Mailbox::chosen(SearchKey const& key) {
    search_.chosen(key);
    services_.remember_uses(search_.uses());
}

bool Mailbox::step_import() {
    if (!running_ && import_bytes_.empty()) return false;
    auto& job = imports_[imports_.size() - import_bytes_.size() - (running_ ? 1 : 0)];
    if (!running_) {
        running_ = std::make_shared<RunningImport>(*desk_, std::move(import_bytes_.front()), services_.keep_photo);
        import_bytes_.pop_front();
    }
    auto const finished = running_->import.step(entries_per_step);
    job.done = running_->import.done();
    job.all = running_->import.all();
    if (!finished || *finished) {
        job.result = finished ? Result<ImportReport>{running_->import.report()} : tl::unexpected{finished.error()};
        running_.reset();
        moved();
    }
    return true;
}

bool Mailbox::step_intake(double seconds) {
    if (!intake_) return false;
    auto const writes = intake_->phase() == IntakeJob::Phase::writing;
    auto const more = intake_->step(*desk_, person_ ? format_id(person_) : std::string{}, seconds);
    // What is shown is brought up to date when all of it is there.
    if (writes && intake_->phase() != IntakeJob::Phase::writing) moved();
    return more;
}

bool Mailbox::step(LocalTime now, Needs const& needs, double seconds) {
    if (!desk_) return false;
    auto letters = std::move(letters_);
    letters_.clear();
    for (auto const& letter : letters) letter.run(*desk_);
    auto const importing = step_import();
    auto const taking = step_intake(seconds);
    auto const takes_homes = follow_homes();
    refresh(now, needs);
    // One thing in each step: homes, then what Today's duties are about, then tickets.
    auto loading = takes_homes || homes_ != HomesStep::none || describe_today() || follow_tickets(now);
    // What is not looked at comes last; where it has come already, it follows what was just done.
    loading = ((!loading || figures_wait_) && follow_measures()) || loading;
    take_figures(now, needs);
    return importing || taking || loading || !letters_.empty();
}

// True when it took something.
bool Mailbox::follow_homes() {
    if (homes_ == HomesStep::none) return false;
    auto const taken = guarded([this]() -> Result<void> {
        switch (homes_) {
            case HomesStep::units:
                take_units(models_.registry, *desk_);
                homes_ = HomesStep::owners;
                break;
            case HomesStep::owners:
                take_owners(models_.registry, *desk_);
                homes_ = HomesStep::search;
                break;
            case HomesStep::search:
                registry_taken();
                homes_ = HomesStep::none;
                break;
            case HomesStep::none: break;
        }
        return {};
    });
    if (taken) return true;
    models_.trouble = taken.error();
    homes_ = HomesStep::none;
    return true;
}

// True while some line of Today says less than it should.
bool Mailbox::describe_today() {
    if (!models_.today || models_.today->described == models_.today->duties.size()) return false;
    auto const described = describe(*models_.today, *desk_, duties_per_step);
    if (!described) models_.trouble = described.error();
    return described && !*described;
}

bool Mailbox::follow_measures() {
    auto const complete = guarded([&]() -> Result<bool> {
        return measures_.follow(desk_->database(), desk_->projection().feed(), measures_per_step);
    });
    if (!complete) models_.trouble = complete.error();
    return complete && !*complete;
}

// What was shown stays until there is something newer.
void Mailbox::take_figures(LocalTime now, Needs const& needs) {
    if (!figures_wait_ || !needs.figures || !measures_.complete()) return;
    figures_wait_ = false;
    ++models_.figures_revision;
    keep(models_.figures, figures_snapshot(*desk_, measures_, *needs.figures, needs.figures_wanted, now),
         models_.trouble);
}

bool Mailbox::follow_tickets(LocalTime now) {
    auto const complete = guarded([&]() -> Result<bool> {
        return tickets_.follow(desk_->database(), desk_->projection().feed(), now, lines_per_step);
    });
    if (!complete) models_.trouble = complete.error();
    auto const before = tickets_.revision();
    auto const found = search_.follow(tickets_, lines_per_step);
    if (!found || before != searched_revision_) {
        searched_revision_ = before;
        ++models_.search_revision;
    }
    return (complete && !*complete) || !found;
}

Result<void> Mailbox::take_registry(Homes homes) {
    auto registry = registry_snapshot(*desk_, homes);
    if (!registry) return tl::unexpected{registry.error()};
    models_.registry = std::move(*registry);
    registry_taken();
    return {};
}

void Mailbox::registry_taken() {
    ++models_.registry_revision;
    search_.take(models_.registry);
    ++models_.search_revision;
}

void Mailbox::refresh_registry_and_today(LocalTime now) {
    auto const& feed = desk_->projection().feed();
    auto const refreshed = guarded([&]() -> Result<void> {
        auto const changes = feed.since(position_);
        if (!changes || is_outdated(*desk_, models_.registry, *changes)) {
            // The first frame shows Today; what a desk holds of homes and tickets follows it.
            auto const later = !models_.today;
            homes_ = later ? HomesStep::units : HomesStep::none;
            if (auto const taken = take_registry(later ? Homes::left_out : Homes::taken); !taken) return taken;
        }
        if (changes && models_.today) return renew(*models_.today, *desk_, *changes, now);
        auto today = today_snapshot(*desk_, now);
        if (!today) return tl::unexpected{today.error()};
        models_.today = std::move(*today);
        return {};
    });
    // What could not be brought up to date is taken anew the next time.
    position_ = refreshed ? feed.end() : 0;
    if (refreshed) return;
    models_.trouble = refreshed.error();
    homes_ = HomesStep::none;
}

void Mailbox::refresh(LocalTime now, Needs const& needs) {
    // What is asked is as of this second, so that what was just done counts; it is asked again with the minute.
    auto const minute = now.seconds / 60;
    auto const same = shown_revision_ == revision_ && shown_minute_ == minute && shown_needs_ == needs;
    if (same) return;
    auto const moved = shown_revision_ != revision_ || shown_minute_ != minute;
    shown_revision_ = revision_;
    shown_minute_ = minute;
    shown_needs_ = needs;

    auto& desk = *desk_;
    models_.trouble.reset();
    if (moved) refresh_registry_and_today(now);
    models_.ticket.reset();
    if (!needs.ticket.empty())
        if (auto const id = desk.find_record(&Ticket::description, needs.ticket, "ticket"))
            keep(models_.ticket, ticket_snapshot(desk, *id, now), models_.trouble);
    ++models_.headquarters_revision;
    ++models_.visits_revision;
    figures_wait_ = needs.figures.has_value();
    if (needs.headquarters) keep(models_.headquarters, headquarters_snapshot(desk, now), models_.trouble);
    auto const listed = guarded([&]() -> Result<void> {
        if (needs.receptions) models_.receptions = reception_lines(desk.database(), lists_limit);
        if (needs.visits) {
            models_.visits = visit_lines(desk.database(), {}, lists_limit);
            models_.draws = draw_lines(desk.database(), draws_limit);
            models_.inspections = inspection_lines(desk.database(), draws_limit);
            models_.register_months = register_months(desk.database(), draws_limit);
        }
        if (needs.booked_week)
            models_.booked = booked_lines(desk.database(), {*needs.booked_week, add_days(*needs.booked_week, 6)});
        if (needs.feedback) {
            models_.feedback = feedback_lines(desk.database(), lists_limit);
            models_.improvements = improvement_lines(desk.database(), lists_limit);
        }
        return {};
    });
    if (!listed) models_.trouble = listed.error();
}

}  // namespace guanjia
