#include "tests/bench/town.h"

#include <deque>
#include <fstream>
#include <map>
#include <queue>
#include <utility>

#include <fmt/format.h>

#include "core/procedure/deadlines.h"
#include "core/service/visits/commands.h"
#include "core/service/visits/queries.h"
#include "core/store/mirror.h"
#include "generated/sample.h"

namespace guanjia::bench {

namespace {

constexpr int months = 12;
constexpr std::size_t commands_together = 500;
constexpr int butlers = 8;

struct Home {
    std::string code;
    std::string tower;
    std::string floor;
    std::string unit;  // ids
    std::string owner;
};

enum class Act : std::uint8_t {
    hand_over,
    acknowledge,
    report,
    contact,
    own,
    book,
    trip,
    hold,
    resume,
    close,
    reopen,
    visit
};

// A ticket on its way. What comes next is decided when it is registered.
struct Course {
    SampleMatter const* matter = nullptr;
    Home const* home = nullptr;
    std::string butler;
    std::string ticket;
    std::string hand_over;
    std::vector<std::pair<LocalTime, Act>> acts;
    std::size_t next = 0;
};

class Town {
public:
    Town(Desk& desk, Machine& machine, std::size_t tickets, LocalTime now, int units)
        : desk_{desk},
          machine_{machine},
          tickets_{tickets},
          now_{now},
          calendar_{desk.projection().rules().calendar()},
          hours_{9 * 60, 18 * 60} {
        auto const first = first_of_month(date_of(now), 1 - months);
        for (auto day = first; day <= date_of(now); day = add_days(day, 1))
            if (calendar_.is_working_day(day)) days_.push_back(day);
        set_time(town_begins(now));
        hours_ = working_hours(desk.projection().rules().parameters(), first);
        people();
        homes(units);
    }

    TownFigures fill(std::function<void()> const& after_each) {
        while (next_ticket_ < tickets_ || !under_way_.empty()) {
            auto const done = desk_.together([&]() -> Result<void> {
                for (std::size_t count = 0; count < commands_together && step(); ++count) {
                }
                return {};
            });
            if (!done) std::exit(1);
            if (after_each) after_each();
        }
        set_time(now_);
        return figures_;
    }

private:
    using Fields = std::vector<std::pair<std::string, std::string>>;

    std::size_t below(std::size_t limit) {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::size_t>((state_ >> 33) % limit);
    }
    bool one_in(std::size_t count) { return below(count) == 0; }
    template <class List>
    auto const& any_of(List const& list) {
        return list[below(std::size(list))];
    }

    void set_time(LocalTime at) { machine_.wall = to_unix_milliseconds(at); }

    std::string go(std::string command, std::string by, Fields fields) {
        std::erase_if(fields, [](auto const& field) { return field.second.empty(); });
        auto const accepted = desk_.submit({std::move(command), std::move(by), {}, std::move(fields)});
        must(accepted);
        ++figures_.commands;
        return accepted->added.empty() ? std::string{} : format_id(accepted->added.front().id);
    }

    // What may be refused.
    bool tries(std::string command, std::string by, Fields fields) {
        auto const accepted = desk_.submit({std::move(command), std::move(by), {}, std::move(fields)});
        ++(accepted ? figures_.commands : figures_.refused);
        return accepted.has_value();
    }

    void person(std::string const& code, std::string_view name, std::string_view department, std::string const& role) {
        auto const by = code == manager_ ? std::string{} : manager_;
        go("add_staff", by, {{"code", code}, {"name", std::string{name}}, {"department", std::string{department}}});
        go("grant_role", by, {{"staff", code}, {"role", role}});
    }
    void people() {
        person(manager_, "黄志明", "", "manager");
        for (int number = 1; number <= butlers; ++number)
            person("T" + std::to_string(number),
                   std::string{any_of(sample_surnames)} + std::string{any_of(sample_given_names)}, "", "butler");
        for (auto const& staff : sample_staff)
            if (staff.role == "supervisor")
                person(head_of(staff.department), staff.name, staff.department, "supervisor");
    }
    static std::string head_of(std::string_view department) {
        for (auto const& staff : sample_staff)
            if (staff.department == department && staff.role == "supervisor") return "H" + std::string{staff.code};
        return {};
    }

    void homes(int units) {
        for (int index = 0; index < units; ++index) {
            auto const tower = index / 150 + 1;
            auto const floor = index % 150 / 6 + 1;
            Home home{fmt::format("{}栋{:02}{:02}", tower, floor, index % 6 + 1),
                      fmt::format("{}栋", tower),
                      std::to_string(floor),
                      {},
                      {}};
            home.unit = go("add_unit", "T1", {{"code", home.code}});
            home.owner = go("add_owner", "T1",
                            {{"name", std::string{any_of(sample_surnames)} + std::string{any_of(sample_given_names)}},
                             {"phone", fmt::format("139{:08}", below(100'000'000))},
                             {"unit", home.code}});
            homes_.push_back(std::move(home));
        }
    }

    LocalTime registered_at(std::size_t ticket) const {
        // Evenly over the days; a day from half past eight to half past five.
        auto const whole = static_cast<std::int64_t>(ticket) * (static_cast<std::int64_t>(days_.size()) - 1);
        auto const all = static_cast<std::int64_t>(tickets_);
        auto const day = days_[static_cast<std::size_t>(whole / all)];
        return {at_minute(day, 8 * 60 + 30).seconds + whole % all * 9 * 3600 / all};
    }

    // The next that happens, a new ticket or a step of one under way. False when nothing is left.
    bool step() {
        auto const coming = next_ticket_ < tickets_ ? registered_at(next_ticket_) : now_;
        if (!under_way_.empty() && (next_ticket_ == tickets_ || under_way_.top().first <= coming)) {
            auto const [at, index] = under_way_.top();
            under_way_.pop();
            if (at > now_) return true;
            set_time(at);
            auto& course = courses_[index];
            act(course, course.acts[course.next++].second);
            if (course.next < course.acts.size()) under_way_.emplace(course.acts[course.next].first, index);
            return true;
        }
        if (next_ticket_ == tickets_) return false;
        set_time(coming);
        if (date_of(coming) != day_) managers_work(std::exchange(day_, date_of(coming)));
        register_ticket(coming);
        ++next_ticket_;
        return true;
    }

    void register_ticket(LocalTime at) {
        Course course;
        auto const share = below(20);
        std::string_view const kind = share < 10 ? "repair" : share < 15 ? "complaint" : "enquiry";
        do course.matter = &any_of(sample_matters);
        while (course.matter->kind != kind);
        course.home = &any_of(homes_);
        course.butler = "T" + std::to_string(below(butlers) + 1);
        auto const& matter = *course.matter;
        course.ticket =
            go("register_ticket", course.butler,
               {{"kind", std::string{matter.kind}},
                {"priority", std::string{matter.priority}},
                {"category", std::string{matter.category}},
                {"unit", course.home->unit},
                {"owner", course.home->owner},
                {"words", placed(matter.words[below(static_cast<std::size_t>(matter.wordings))], *course.home)},
                {"wish", std::string{matter.wish}},
                {"safety", matter.safety ? "true" : ""}});
        ++figures_.tickets;
        plan(course, at);
        // Now and then one is left lying.
        if (one_in(200)) course.acts.resize(below(course.acts.size()));
        if (course.acts.empty()) return;
        under_way_.emplace(course.acts.front().first, courses_.size());
        courses_.push_back(std::move(course));
    }

    void plan(Course& course, LocalTime at) {
        auto const then = [&](Act act, std::size_t from, std::size_t to) {
            at = calendar_.add_working_minutes(at, static_cast<std::int64_t>(from + below(to - from + 1)), hours_);
            course.acts.emplace_back(at, act);
        };
        auto const kind = course.matter->kind;
        auto const urgent = course.matter->priority == "urgent";
        if (kind == "enquiry") {
            if (one_in(2)) then(Act::contact, 2, 25);
            return then(Act::close, 3, one_in(8) ? 400 : 60);
        }
        if (kind == "complaint") then(Act::own, 6, one_in(20) ? 150 : 50);
        if (kind == "complaint" || !one_in(3)) {
            then(Act::hand_over, 3, urgent ? 12 : 45);
            then(Act::acknowledge, 4, urgent ? 12 : 80);
        }
        if (kind == "repair" && one_in(6)) then(Act::book, 5, 40);
        if (one_in(2)) then(Act::contact, 4, urgent ? 8 : 50);
        if (one_in(15)) {
            then(Act::hold, 20, 60);
            then(Act::contact, 400, 700);
            then(Act::resume, 600, 900);
        }
        if (kind == "repair" && one_in(3)) then(Act::trip, 20, 120);
        auto const handed_over =
            course.acts.size() > 1 && course.acts[kind == "complaint" ? 1 : 0].second == Act::hand_over;
        if (handed_over) then(Act::report, 30, urgent ? 120 : 330);
        then(Act::close, 5, 45);
        if (one_in(30)) {
            then(Act::reopen, 300, 900);
            then(Act::contact, 5, 40);
            then(Act::close, 60, 300);
        }
        if (kind == "complaint") then(Act::visit, one_in(14) ? 1200 : 40, one_in(14) ? 1500 : 540);
    }

    void act(Course& course, Act what) {
        auto const& matter = *course.matter;
        auto const with_ticket = [&](Fields fields) {
            fields.insert(fields.begin(), {"ticket", course.ticket});
            return fields;
        };
        auto const text = [](std::string_view words) { return std::string{words}; };
        auto const now = desk_.now();
        switch (what) {
            case Act::hand_over:
                course.hand_over = go("hand_over", course.butler,
                                      with_ticket({{"department", text(matter.department)},
                                                   {"task", placed(matter.task, *course.home)}}));
                return;
            case Act::acknowledge:
                go("acknowledge_hand_over", head_of(matter.department), {{"hand_over", course.hand_over}});
                return;
            case Act::report:
                go("report_hand_over", head_of(matter.department),
                   {{"hand_over", course.hand_over}, {"result", text(matter.result)}});
                return;
            case Act::contact:
                go("record_contact", course.butler,
                   with_ticket({{"channel", "phone"},
                                {"direction", "to-customer"},
                                {"summary", text(any_of(sample_progress))}}));
                return;
            case Act::own:
                go("own_complaint", course.butler,
                   with_ticket({{"responsible", course.butler},
                                {"explanation", text(matter.explanation)},
                                {"remedy", text(matter.remedy)}}));
                return;
            case Act::book:
                // Unless there is another visit at that time.
                tries("book_visit", course.butler,
                      with_ticket({{"starts", format_time({now.seconds + 3600})},
                                   {"ends", format_time({now.seconds + 7200})},
                                   {"visitor", head_of(matter.department)}}));
                return;
            case Act::trip:
                go("record_repair_visit", course.butler,
                   with_ticket({{"worker", head_of(matter.department)},
                                {"arrived", format_time({now.seconds - 1200})},
                                {"left", format_time({now.seconds - 300})},
                                {"work", text(matter.result)}}));
                return;
            case Act::hold:
                go("put_on_hold", course.butler,
                   with_ticket({{"reason", "parts"},
                                {"note", text(any_of(sample_delayed))},
                                {"until", format_time(calendar_.closing_after_working_days(now, 3, hours_))}}));
                return;
            case Act::resume: go("resume_ticket", course.butler, with_ticket({})); return;
            case Act::close:
                go("close_ticket", course.butler,
                   with_ticket({{"cause", text(matter.cause)},
                                {"solution", text(matter.solution)},
                                {"satisfaction", matter.kind == "complaint" ? ""
                                                 : one_in(9)                ? "fair"
                                                 : one_in(3)                ? "very-satisfied"
                                                                            : "satisfied"}}));
                return;
            case Act::reopen: go("reopen_ticket", course.butler, with_ticket({{"reason", "又和原来一样"}})); return;
            case Act::visit: visit(course.ticket, course.butler); return;
        }
    }

    // The manager's when the complaint is important (RV-3.1).
    void visit(std::string const& ticket, std::string const& by) {
        auto const& opinion = any_of(sample_solved);
        Fields const fields{{"ticket", ticket},
                            {"method", "phone"},
                            {"solved", "true"},
                            {"satisfaction", std::string{opinion.satisfaction}},
                            {"opinion", std::string{opinion.words}}};
        if (tries("record_return_visit", by, fields) || tries("record_return_visit", manager_, fields)) return;
        auto on_site = fields;
        on_site[1].second = "on-site";
        on_site.emplace_back("signature_refused", "true");
        tries("record_return_visit", manager_, on_site);
    }

    // RV-4.2: on the first working day of a week the manager draws from the one before; the desk visits what was drawn.
    void managers_work(Date before) {
        if (!has_date(before) || week_of(before) == week_of(day_)) return;
        auto const drawn = desk_.submit({"draw_week", manager_, {}, {}});
        if (!drawn) {
            ++figures_.refused;
            return;
        }
        auto at = desk_.now();
        for (auto const& order : drawn_lines(desk_.database(), Id<WeeklyDraw>{drawn->added.front().id})) {
            if (has_time(order.visited_at)) continue;
            at = calendar_.add_working_minutes(at, 4, hours_);
            Course course;
            course.ticket = format_id(order.ticket.any);
            course.matter = &sample_matters[0];
            course.butler = "T" + std::to_string(below(butlers) + 1);
            course.acts.emplace_back(at, Act::visit);
            under_way_.emplace(at, courses_.size());
            courses_.push_back(std::move(course));
        }
    }

    static std::string placed(std::string_view words, Home const& home) {
        std::string text{words};
        auto const put_in = [&text](std::string_view mark, std::string const& place) {
            for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark))
                text.replace(at, mark.size(), place);
        };
        put_in("{unit}", home.code);
        put_in("{tower}", home.tower);
        put_in("{floor}", home.floor);
        return text;
    }

    Desk& desk_;
    Machine& machine_;
    std::size_t tickets_;
    LocalTime now_;
    Calendar const& calendar_;
    WorkingHours hours_;
    std::string manager_ = "T0";
    std::vector<Date> days_;
    std::vector<Home> homes_;
    std::vector<Course> courses_;
    using Coming = std::pair<LocalTime, std::size_t>;
    struct Later {
        bool operator()(Coming const& left, Coming const& right) const {
            return left.first != right.first ? left.first > right.first : left.second > right.second;
        }
    };
    std::priority_queue<Coming, std::vector<Coming>, Later> under_way_;
    std::size_t next_ticket_ = 0;
    Date day_ = no_date;
    std::uint64_t state_ = 20261123;
    TownFigures figures_;
};

// What a browser would keep, held here.
class BlocksInMemory : public BlockStore {
public:
    bool wanted = false;

    void write(BlockTransaction transaction, std::function<void(BlockOutcome)> done) override {
        for (auto const& gone : transaction.erasures)
            blocks_.erase(blocks_.lower_bound({gone.area, gone.from}), blocks_.upper_bound({gone.area, gone.to}));
        for (auto& put : transaction.puts) blocks_[{put.area, put.key}] = std::move(put.bytes);
        head_ = std::move(transaction.head);
        waiting_.push_back(std::move(done));
    }
    // Answers the oldest; false when none waits.
    bool settle() {
        if (waiting_.empty()) return false;
        auto const done = std::move(waiting_.front());
        waiting_.pop_front();
        done(BlockOutcome::complete);
        return true;
    }

    void write(std::string const& file) const {
        std::ofstream out{file, std::ios::binary};
        auto const put = [&](std::initializer_list<std::uint64_t> numbers, std::string const& bytes) {
            for (auto const number : numbers)
                for (int byte = 0; byte < 8; ++byte) out.put(static_cast<char>(number >> (8 * byte)));
            out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        };
        put({255, head_.epoch, head_.sequence, head_.bytes.size()}, head_.bytes);
        for (auto const& [place, bytes] : blocks_)
            put({static_cast<std::uint64_t>(place.first), place.second.first, place.second.second, bytes.size()},
                bytes);
        if (!out.flush()) std::exit(1);
    }

private:
    std::map<std::pair<BlockArea, BlockKey>, std::string> blocks_;
    BlockHead head_;
    std::deque<std::function<void(BlockOutcome)>> waiting_;
};

}  // namespace

LocalTime town_begins(LocalTime now) { return at_minute(first_of_month(date_of(now), 1 - months), 7 * 60); }

TownFigures fill_town(Desk& desk, Machine& machine, std::size_t tickets, LocalTime now, int units,
                      std::function<void()> const& after_each) {
    return Town{desk, machine, tickets, now, units}.fill(after_each);
}

void write_town(std::size_t tickets, LocalTime now, std::string const& file) {
    BlocksInMemory blocks;
    Mirror mirror{"town", blocks, {}, {}};
    mirror.on_wanted = [&] { blocks.wanted = true; };
    mirror.claim();
    auto const keep = [&] {
        while (std::exchange(blocks.wanted, false) || blocks.settle()) mirror.pump();
    };
    keep();
    Machine machine;
    machine.wall = to_unix_milliseconds(town_begins(now));
    machine.state = 2;
    auto options = machine.options();
    options.vfs = mirror.name();
    auto desk = Desk::create("town", {0, "SZ01", "天下城管家服务中心", 1, false}, std::move(options));
    if (!desk) std::exit(1);
    auto const made = fill_town(**desk, machine, tickets, now, 5000, keep);
    auto const manager = (*desk)->find_record(&StaffMember::description, "T0", "staff");
    if (!manager || !(*desk)->set_person_at_desk(*manager)) std::exit(1);
    mirror.flush();
    keep();
    blocks.write(file);
    auto& database = (*desk)->database();
    std::printf("%zu tickets, %zu commands, %zu refused; %lld open, %lld duties, %lld waiting; %.0f MB of records\n",
                made.tickets, made.commands, made.refused,
                static_cast<long long>(database.integer("SELECT count(*) FROM ticket_state WHERE is_open")),
                static_cast<long long>(database.integer("SELECT count(*) FROM duty")),
                static_cast<long long>(database.integer("SELECT count(*) FROM duty WHERE done IS NULL")),
                static_cast<double>(mirror.size()) / 1e6);
}

}  // namespace guanjia::bench
