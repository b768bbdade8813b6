#pragma once
// A desk in memory with a clock and randomness of the test's own.

#include <doctest/doctest.h>

#include <initializer_list>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "core/desk/desk.h"
#include "core/desk/handover.h"

namespace guanjia::testing {

// Rounds of a campaign: all of them natively, fewer where each is many times slower (sanitizers, WebAssembly).
constexpr int rounds(int natively) {
#if defined(__SANITIZE_ADDRESS__) || defined(__EMSCRIPTEN__)
    return natively / 5;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
    return natively / 5;
#else
    return natively;
#endif
#else
    return natively;
#endif
}

// splitmix64: the same numbers for the same seed, everywhere.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_{seed} {}
    std::uint64_t next() {
        auto z = (state_ += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(next() % limit); }

private:
    std::uint64_t state_;
};

inline LocalTime time_at(std::string_view text) {
    auto const time = parse_time(text);
    REQUIRE(time);
    return *time;
}

inline Date day(std::string_view text) {
    auto const date = parse_date(text);
    REQUIRE(date);
    return *date;
}

class TestDesk {
public:
    using Fields = std::vector<std::pair<std::string, std::string>>;

    explicit TestDesk(std::int64_t number = 1, std::string centre = "SZ01", std::uint64_t seed = 1,
                      bool headquarters = false)
        : random_{std::make_shared<Random>(seed * 1000 + static_cast<std::uint64_t>(number))},
          wall_{std::make_shared<std::int64_t>(to_unix_milliseconds(time_at("2026-02-13T08:30")))} {
        auto made = Desk::create(":memory:", {0, std::move(centre), "天下城", number, headquarters}, options());
        REQUIRE(made);
        desk_ = std::move(*made);
    }

    Desk* operator->() { return desk_.get(); }
    Desk& operator*() { return *desk_; }

    Desk::Options options() {
        Desk::Options options;
        options.durability = Database::Durability::none;
        options.clock = [wall = wall_] { return *wall; };
        options.random = [random = random_] { return random->next(); };
        return options;
    }

    void clock(std::string_view text) { *wall_ = to_unix_milliseconds(time_at(text)); }
    void advance(std::int64_t milliseconds) { *wall_ += milliseconds; }
    std::int64_t wall() const { return *wall_; }

    Result<Accepted> try_to(std::string command, std::string by, Fields fields, std::string occurred_at = {}) {
        return desk_->submit({std::move(command), std::move(by), std::move(occurred_at), std::move(fields)});
    }
    // Must be accepted; the number of the first thing added, or its id when it has none.
    std::string does(std::string command, std::string by, Fields fields, std::string occurred_at = {}) {
        auto const name = command;
        auto const accepted = try_to(std::move(command), std::move(by), std::move(fields), std::move(occurred_at));
        INFO(name << ": " << (accepted ? "" : accepted.error().reason));
        REQUIRE(accepted);
        if (accepted->added.empty()) return {};
        auto const& first = accepted->added.front();
        return first.number.empty() ? format_id(first.id) : first.number;
    }
    // Must be refused: "RV-4.3 visit.signature-missing", without a clause only the reason.
    std::string refused(std::string command, std::string by, Fields fields, std::string occurred_at = {}) {
        auto const accepted = try_to(std::move(command), std::move(by), std::move(fields), std::move(occurred_at));
        REQUIRE_FALSE(accepted);
        auto const& refusal = accepted.error();
        return (refusal.clause ? std::string{refusal.clause->id()} + " " : std::string{}) + refusal.reason;
    }

    // A manager M01, butlers G01 and G02, a supervisor W01 of 工程部, a unit 3-502 with its owner.
    void staffed() {
        does("add_staff", "", {{"code", "M01"}, {"name", "陈经理"}});
        does("grant_role", "", {{"staff", "M01"}, {"role", "manager"}});
        for (auto const* code : {"G01", "G02"}) {
            does("add_staff", "M01", {{"code", code}, {"name", "林小雨"}, {"department", "前台"}});
            does("grant_role", "M01", {{"staff", code}, {"role", "butler"}});
        }
        does("add_staff", "M01", {{"code", "W01"}, {"name", "周工"}, {"department", "工程部"}});
        does("grant_role", "M01", {{"staff", "W01"}, {"role", "supervisor"}});
        does("add_unit", "G01", {{"code", "3-502"}, {"building", "3"}});
        owner = does("add_owner", "G01", {{"name", "张三"}, {"phone", "13812345678"}, {"unit", "3-502"}});
    }

    std::string complaint(std::string at = "2026-02-13T09:00", Fields more = {}) {
        Fields fields{{"kind", "complaint"}, {"priority", "normal"}, {"words", "电梯太吵"}, {"unit", "3-502"}};
        fields.insert(fields.end(), more.begin(), more.end());
        return does("register_ticket", "G01", std::move(fields), std::move(at));
    }
    void own(std::string const& ticket, std::string at) {
        does("own_complaint", "G01",
             {{"ticket", ticket}, {"responsible", "G01"}, {"explanation", "致歉"}, {"remedy", "维修"}}, std::move(at));
    }
    void close(std::string const& ticket, std::string at) {
        does("close_ticket", "G01", {{"ticket", ticket}, {"cause", "导靴磨损"}, {"solution", "更换导靴"}},
             std::move(at));
    }

    // The duties of a clause as "due done role", in order.
    std::vector<std::string> duties(std::string_view clause, std::string_view at = "2030-01-01T00:00") {
        auto const rows = desk_->duties(time_at(at), DutyFilter::all);
        REQUIRE(rows);
        std::vector<std::string> found;
        for (auto const& row : *rows)
            if (row.duty.clause.id() == clause)
                found.push_back(format_time(row.duty.due) + " " +
                                (has_time(row.duty.done) ? format_time(row.duty.done) : "-") + " " +
                                std::string{name_of(row.duty.role)});
        return found;
    }

    // One column of a query, row by row.
    std::vector<std::string> ask(std::string_view query, std::string_view wanted, Arguments const& arguments = {}) {
        std::vector<std::string> found;
        auto const done = desk_->query(query, arguments, [&](Row const& row) {
            for (auto const& [name, cell] : row)
                if (name == wanted) found.push_back(cell.text);
        });
        INFO(query << ": " << (done ? "" : done.error().reason));
        REQUIRE(done);
        return found;
    }

    // The slice of everything this desk wrote from an entry on.
    std::string slice(std::uint64_t from = 1, std::uint64_t to = 0) {
        std::ostringstream bytes;
        auto const header = export_range(*desk_, desk_->identity().incarnation, {from, to}, bytes);
        REQUIRE(header);
        return bytes.str();
    }
    Result<ImportReport> take(std::string const& file) {
        std::istringstream bytes{file};
        return import_file(*desk_, bytes);
    }

    std::string owner;

private:
    std::shared_ptr<Random> random_;
    std::shared_ptr<std::int64_t> wall_;
    std::unique_ptr<Desk> desk_;
};

// A desk with its people and a home, at a time by which what its tests tell of has happened.
inline TestDesk staffed(std::string_view now = "2026-03-31T18:00") {
    TestDesk desk;
    desk.staffed();
    desk.clock(now);
    return desk;
}

}  // namespace guanjia::testing
