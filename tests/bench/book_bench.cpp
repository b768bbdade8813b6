// What a page holds of a desk with many tickets: loading it, and bringing it up to date after each command.

#include <filesystem>

#include "core/desk/snapshots.h"
#include "core/service/ticket_book.h"
#include "tests/bench/support.h"

namespace guanjia::bench {

namespace {

// As many as a page loads between two frames (web/views/mailbox.cpp).
constexpr std::size_t lines_per_step = 500;
constexpr int unit_count = 5000;
// A town of that size has some hundreds of open cases.
constexpr std::size_t open_count = 600;

class Town {
public:
    Town(Desk& desk, Machine& machine) : desk_{desk}, machine_{machine} {
        go("add_staff", "", {{"code", "M01"}, {"name", "陈经理"}});
        go("grant_role", "", {{"staff", "M01"}, {"role", "manager"}});
        for (int number = 1; number <= 40; ++number) {
            auto const code = "G" + std::to_string(number);
            go("add_staff", "M01",
               {{"code", code}, {"name", "林小雨" + std::to_string(number)}, {"department", "前台"}});
            go("grant_role", "M01", {{"staff", code}, {"role", "butler"}});
        }
        for (int unit = 0; unit < unit_count; ++unit) {
            auto const code = std::to_string(unit / 500 + 1) + "栋" + std::to_string(unit);
            units_.push_back(go("add_unit", "G1", {{"code", code}}));
            owners_.push_back(go("add_owner", "G1",
                                 {{"name", "业主" + std::to_string(unit)},
                                  {"phone", std::to_string(13'800'000'000 + unit)},
                                  {"unit", code}}));
        }
    }

    // Registered, and unless it stays open also owned, closed and, a complaint, visited again.
    void ticket(bool stays_open) {
        machine_.wall += 30 * 60'000;
        auto const index = done_++;
        auto const unit = index * 7919 % unit_count;
        auto const complaint = index % 3 == 0;
        open_.push_back(go("register_ticket", "G1",
                           {{"kind", complaint ? "complaint" : "repair"},
                            {"priority", "normal"},
                            {"words", "电梯半夜咯吱咯吱响，整晚睡不着，已经" + std::to_string(index) + "天了"},
                            {"category", "电梯" + std::to_string(index % 50)},
                            {"unit", units_[unit]},
                            {"owner", owners_[unit]}}));
        if (stays_open) return;
        auto const id = open_.back();
        open_.pop_back();
        if (complaint)
            go("own_complaint", "G1",
               {{"ticket", id}, {"responsible", "G2"}, {"explanation", "向您致歉"}, {"remedy", "更换导靴"}});
        go("close_ticket", "G1", {{"ticket", id}, {"cause", "导靴磨损"}, {"solution", "更换导靴"}});
        if (complaint) visit(id);
    }

    // One of what a desk does most.
    void command(std::size_t index) {
        machine_.wall += 20'000;
        auto const& id = open_[index * 31 % open_.size()];
        switch (index % 4) {
            case 0: return ticket(true);
            case 1:
                go("record_contact", "G1", {{"ticket", id}, {"channel", "phone"}, {"summary", "明天上午到"}});
                return;
            case 2: go("hand_over", "G1", {{"ticket", id}, {"department", "工程部"}, {"task", "检修"}}); return;
            default: go("change_ticket", "G1", {{"ticket", id}, {"category", "门禁" + std::to_string(index)}});
        }
    }

private:
    using Fields = std::vector<std::pair<std::string, std::string>>;

    std::string go(std::string command, std::string by, Fields fields) {
        auto const accepted = desk_.submit({std::move(command), std::move(by), {}, std::move(fields)});
        must(accepted);
        return accepted->added.empty() ? std::string{} : format_id(accepted->added.front().id);
    }
    // The manager's when the complaint is important, else the front desk's.
    void visit(std::string const& id) {
        Fields const fields{{"ticket", id}, {"method", "phone"}, {"solved", "true"}, {"satisfaction", "satisfied"}};
        if (!desk_.submit({"record_return_visit", "G1", {}, fields})) go("record_return_visit", "M01", fields);
    }

    Desk& desk_;
    Machine& machine_;
    std::vector<std::string> units_;
    std::vector<std::string> owners_;
    std::vector<std::string> open_;
    std::size_t done_ = 0;
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
    auto const path = (std::filesystem::temp_directory_path() / "guanjia-book-bench.gjdb").string();
    std::filesystem::remove(path);
    auto desk = make_desk(machine, path);
    Town town{*desk, machine};
    for (std::size_t index = 0; index < tickets; ++index) town.ticket(index + open_count >= tickets);
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

    auto today = today_snapshot(*desk, desk->now());
    require(today.has_value());
    auto position = feed.end();
    auto const refresh = [&] {
        book.follow(database, feed, desk->now(), lines_per_step);
        require(renew(*today, *desk, *feed.since(position), desk->now()).has_value());
        position = feed.end();
    };
    std::size_t done = 0;
    print("a command with refresh of book and Today",
          repeated(400,
                   [&] {
                       town.command(done++);
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
    desk.reset();
    std::filesystem::remove(path);
}

}  // namespace guanjia::bench
