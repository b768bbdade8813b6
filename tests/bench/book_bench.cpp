// What a page holds of a desk with many tickets: loading it, bringing it up to date after each command, and the
// figures.

#include <filesystem>

#include "core/desk/snapshots.h"
#include "core/service/ticket_book.h"
#include "tests/bench/support.h"
#include "tests/bench/town.h"

namespace guanjia::bench {

namespace {

// As many as a page loads between two frames (web/views/mailbox.cpp).
constexpr std::size_t lines_per_step = 500;
constexpr std::size_t measures_per_step = 1000;
constexpr LocalTime town_time = at_minute(make_date(2026, 11, 23), 9 * 60 + 41);

// What a desk does most, one after the other.
class Morning {
public:
    Morning(Desk& desk, Machine& machine) : desk_{desk}, machine_{machine} {
        auto open = desk.database().prepare("SELECT ticket FROM ticket_state WHERE is_open LIMIT 100");
        while (open.step()) open_.push_back(format_id(open.id(0)));
        auto unit = desk.database().prepare("SELECT id FROM unit LIMIT 1");
        if (unit.step()) unit_ = format_id(unit.id(0));
    }

    void command(std::size_t index) {
        machine_.wall += 20'000;
        auto const& id = open_[index * 31 % open_.size()];
        switch (index % 4) {
            case 0:
                return go(
                    "register_ticket",
                    {{"kind", "repair"}, {"priority", "normal"}, {"words", "厨房洗菜盆下面渗水"}, {"unit", unit_}});
            case 1: return go("record_contact", {{"ticket", id}, {"channel", "phone"}, {"summary", "明天上午到"}});
            case 2: return go("hand_over", {{"ticket", id}, {"department", "工程部"}, {"task", "检修"}});
            default: return go("change_ticket", {{"ticket", id}, {"category", "门禁" + std::to_string(index)}});
        }
    }

private:
    void go(std::string command, std::vector<std::pair<std::string, std::string>> fields) {
        must(desk_.submit({std::move(command), "T1", {}, std::move(fields)}));
    }

    Desk& desk_;
    Machine& machine_;
    std::vector<std::string> open_;
    std::string unit_;
};

void require(bool done) {
    if (done) return;
    std::fprintf(stderr, "a snapshot was refused\n");
    std::exit(1);
}

void print(char const* name, std::vector<double> const& seconds, char const* goal = "") {
    std::printf("%s: median %.2f ms, most %.2f ms %s\n", name, median(seconds) * 1000,
                *std::max_element(seconds.begin(), seconds.end()) * 1000, goal);
}

template <class Work>
std::vector<double> repeated(int times, Work&& work) {
    std::vector<double> seconds;
    for (int time = 0; time < times; ++time) seconds.push_back(measure(work));
    return seconds;
}

}  // namespace

void bench_book(std::size_t tickets) {
    Machine machine;
    machine.wall = to_unix_milliseconds(town_begins(town_time));
    auto const path = (std::filesystem::temp_directory_path() / "guanjia-book-bench.gjdb").string();
    std::filesystem::remove(path);
    auto desk = make_desk(machine, path);
    fill_town(*desk, machine, tickets, town_time);
    Morning morning{*desk, machine};
    auto& database = desk->database();
    auto& feed = desk->projection().feed();
    std::printf("%zu tickets, %lld duties, %lld of them waiting\n", tickets,
                static_cast<long long>(database.integer("SELECT count(*) FROM duty")),
                static_cast<long long>(database.integer("SELECT count(*) FROM duty WHERE done IS NULL")));

    TicketBook book;
    std::vector<double> steps;
    for (auto complete = false; !complete;)
        steps.push_back(measure([&] { complete = book.follow(database, feed, desk->now(), lines_per_step); }));
    auto all = 0.0;
    for (auto const step : steps) all += step;
    std::printf("load of the book: %.0f ms in %zu steps; %.0f bytes a line\n", all * 1000, steps.size(),
                static_cast<double>(book.bytes()) / static_cast<double>(book.size()));
    print("a step of the load", steps);

    MeasureBook measures;
    std::vector<double> measure_steps;
    for (auto complete = false; !complete;)
        measure_steps.push_back(measure([&] { complete = measures.follow(database, feed, measures_per_step); }));
    std::printf("load of what is measured: %zu steps\n", measure_steps.size());
    print("a step of it", measure_steps);

    auto today = today_snapshot(*desk, desk->now());
    require(today.has_value());
    print("duties of Today described", {measure([&] { require(describe(*today, *desk).value_or(false)); })});
    auto position = feed.end();
    auto const refresh = [&] {
        book.follow(database, feed, desk->now(), lines_per_step);
        require(renew(*today, *desk, *feed.since(position), desk->now()).has_value());
        require(describe(*today, *desk).value_or(false));
        measures.follow(database, feed, measures_per_step);
        position = feed.end();
    };
    std::size_t done = 0;
    print("a command with refresh of books and Today",
          repeated(400,
                   [&] {
                       morning.command(done++);
                       refresh();
                   }),
          "(goal < 5 ms)");
    print("a new minute", repeated(50, [&] {
              machine.wall += 60'000;
              refresh();
          }));
    print("Today anew", repeated(9, [&] { require(today_snapshot(*desk, desk->now()).has_value()); }));
    print("registry anew", repeated(9, [&] { require(registry_snapshot(*desk).has_value()); }));
    print("list of what is to do", repeated(9, [&] { book.list(TicketFilter::to_do, ""); }));
    print("list of all", repeated(9, [&] { book.list(TicketFilter::all, ""); }), "(goal <= 15 ms)");
    print("list of all that have a word", repeated(9, [&] { book.list(TicketFilter::all, "天了"); }),
          "(goal <= 15 ms)");
    print("list of all that have another", repeated(9, [&] { book.list(TicketFilter::all, "水管"); }),
          "(goal <= 15 ms)");
    DayRange const year{first_of_month(date_of(town_time), -11), date_of(town_time)};
    for (auto const by : {FigureGrouping::day, FigureGrouping::week, FigureGrouping::month, FigureGrouping::person,
                          FigureGrouping::category})
        print(("figures of a year by " + std::string{name_of(by)}).c_str(), repeated(9, [&] {
                  require(figures_snapshot(*desk, measures, {year, by, TicketKind::none}, {}, desk->now()).has_value());
              }));
    for (auto const by : {FigureGrouping::week, FigureGrouping::person})
        print(("what customers said in a year by " + std::string{name_of(by)}).c_str(),
              repeated(9, [&] { survey_rows(database, year, by); }));
    print("figures of a year from the database", repeated(3, [&] {
              figure_rows(database, {year, FigureGrouping::week, TicketKind::none}, desk->now());
          }));
    print("duties of a year by clause", repeated(9, [&] { compliance_rows(database, year, desk->now()); }));
    print("how all duties stand", repeated(9, [&] { count_duties(database, desk->now()); }));
    desk.reset();
    std::filesystem::remove(path);
}

}  // namespace guanjia::bench
