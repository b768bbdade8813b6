// What holds over any sequence of commands and any exchange between desks.

#include "tests/core/support.h"

#include <algorithm>
#include <memory>

#include "core/service/commands.h"

using namespace guanjia;
using testing::Random;
using testing::rounds;
using testing::TestDesk;

namespace {

// Three desks that write on their own and exchange what they wrote.
class Town {
public:
    explicit Town(std::uint64_t seed) : random_{seed} {
        for (std::int64_t number = 1; number <= 3; ++number)
            desks_.push_back(std::make_unique<TestDesk>(number, "SZ01", seed));
        desks_[0]->staffed();
        for (auto& desk : desks_) desk->clock(format_time(now_));
        exchange(1, 0);
        exchange(2, 0);
    }

    void step() {
        now_.seconds += static_cast<std::int64_t>(random_.below(20'000));
        for (auto& desk : desks_) desk->clock(format_time(now_));
        auto& desk = *desks_[random_.below(3)];
        switch (random_.below(16)) {
            case 0:
            case 1:
                return (void)desk.try_to("register_ticket", "G01",
                                         {{"kind", pick({"repair", "complaint", "enquiry", "suggestion"})},
                                          {"priority", pick({"urgent", "normal", "low"})},
                                          {"words", "事"},
                                          {"unit", "3-502"}});
            case 2: return on(desk, "put_on_hold", "G01", {{"reason", "parts"}});
            case 3: return on(desk, "resume_ticket", "G01", {});
            case 4: return on(desk, "close_ticket", "G01", {{"cause", "因"}, {"solution", "果"}});
            case 5:
                return on(desk, "own_complaint", "G01",
                          {{"responsible", "G01"}, {"explanation", "歉"}, {"remedy", "修"}});
            case 6: return on(desk, "reopen_ticket", "G01", {{"reason", "又"}});
            case 7: return on(desk, "change_ticket", "G01", {{"priority", pick({"urgent", "normal", "low"})}});
            case 8: return on(desk, "merge_ticket", "G01", {{"merged_into", some_ticket(desk)}});
            case 9: return on(desk, "record_contact", "G01", {{"channel", "phone"}, {"summary", "说"}});
            case 10:
                return on(desk, "record_return_visit", pick({"G01", "M01"}),
                          {{"method", "phone"}, {"solved", pick({"true", "false"})}});
            case 11: return (void)desk.try_to("void_record", "M01", {{"record", some_step(desk)}, {"reason", "错"}});
            case 12: return on(desk, "mark_validity", "M01", {{"valid", pick({"true", "false"})}, {"reason", "判"}});
            case 13: return (void)desk.try_to("draw_week", "M01", {});
            case 14: return (void)desk.try_to("add_late_orders", "M01", {});
            default: return exchange(random_.below(3), random_.below(3));
        }
    }

    void exchange_all() {
        for (int round = 0; round < 2; ++round)
            for (std::size_t to = 0; to < 3; ++to)
                for (std::size_t from = 0; from < 3; ++from) exchange(to, from);
    }

    TestDesk& desk(std::size_t place) { return *desks_[place]; }
    LocalTime now() const { return now_; }

private:
    char const* pick(std::initializer_list<char const*> choices) {
        return choices.begin()[random_.below(choices.size())];
    }

    std::string some_id(TestDesk& desk, std::string const& sql) {
        auto statement = desk->database().prepare("SELECT id FROM (" + sql + ") ORDER BY id");
        std::vector<AnyId> ids;
        while (statement.step()) ids.push_back(statement.id(0));
        return ids.empty() ? "none" : format_id(ids[random_.below(ids.size())]);
    }
    std::string some_ticket(TestDesk& desk) { return some_id(desk, "SELECT id FROM ticket"); }
    std::string some_step(TestDesk& desk) {
        return some_id(
            desk,
            "SELECT id FROM closing UNION ALL SELECT id FROM merge UNION ALL SELECT id FROM waiting UNION ALL "
            "SELECT id FROM ticket WHERE id IN (SELECT id FROM ticket ORDER BY id DESC LIMIT 1)");
    }
    void on(TestDesk& desk, char const* command, char const* by, TestDesk::Fields fields) {
        fields.emplace_back("ticket", some_ticket(desk));
        static_cast<void>(desk.try_to(command, by, std::move(fields)));
    }
    void exchange(std::size_t to, std::size_t from) {
        if (to == from) return;
        // Whatever the other desk has by now, of whichever desk.
        for (auto const& range : held(*desks_[from])) {
            std::ostringstream bytes;
            if (!export_range(**desks_[from], range, {1, 0}, bytes)) continue;
            std::istringstream file{bytes.str()};
            static_cast<void>(import_file(**desks_[to], file));
        }
    }
    static std::vector<Incarnation> held(TestDesk& desk) {
        auto statement = desk->database().prepare("SELECT DISTINCT incarnation FROM base_journal");
        std::vector<Incarnation> incarnations;
        while (statement.step()) incarnations.push_back(static_cast<Incarnation>(statement.integer(0)));
        return incarnations;
    }

    Random random_;
    LocalTime now_ = testing::time_at("2026-03-02T09:00");
    std::vector<std::unique_ptr<TestDesk>> desks_;
};

std::int64_t count(TestDesk& desk, std::string const& sql) { return desk->database().integer(sql); }

}  // namespace

TEST_CASE("GEN-5.3 no open ticket lacks a duty, and none that is closed misses its return visit, whatever is done") {
    for (int round = 0; round < rounds(40); ++round) {
        Town town{static_cast<std::uint64_t>(round) + 1};
        for (int step = 0; step < 120; ++step) town.step();
        town.exchange_all();
        for (std::size_t place = 0; place < 3; ++place) {
            auto& desk = town.desk(place);
            INFO("round " << round << ", desk " << place);
            CHECK(
                count(desk,
                      "SELECT count(*) FROM ticket_state s WHERE s.is_open AND NOT EXISTS (SELECT 1 FROM duty d WHERE "
                      "d.subject = s.ticket AND d.done IS NULL)") == 0);
            // A ticket that went into another has one that goes on for it, or was finished.
            CHECK(count(desk,
                        "SELECT count(*) FROM ticket_state s JOIN ticket_state r ON r.ticket = s.merged_into WHERE "
                        "s.state = 7 AND r.state IN (5, 7)") == 0);
            CHECK(count(desk,
                        "SELECT count(*) FROM ticket_state s JOIN ticket t ON t.id = s.ticket WHERE s.state = 4 AND "
                        "t.kind = 3 AND s.valid AND NOT EXISTS (SELECT 1 FROM duty d WHERE d.subject = s.ticket AND "
                        "d.clause = 'RV-4.1' AND d.opens = s.finished_at)") == 0);
            // Whatever was drawn and is finished is to be visited, or was.
            CHECK(
                count(desk,
                      "SELECT count(*) FROM drawn_order o JOIN ticket_state s ON s.ticket = o.ticket WHERE s.state = 4 "
                      "AND NOT EXISTS (SELECT 1 FROM duty d WHERE d.subject = o.ticket AND d.clause = 'RV-4.2')") == 0);
        }
        CHECK(town.desk(0)->tables_digest() == town.desk(1)->tables_digest());
        CHECK(town.desk(0)->tables_digest() == town.desk(2)->tables_digest());
        auto const before = town.desk(0)->tables_digest();
        REQUIRE(town.desk(0)->rebuild());
        CHECK(town.desk(0)->tables_digest() == before);
    }
}

TEST_CASE("GEN-2.1 the clock of an urgent ticket is that of one who counts minutes") {
    Random random{7};
    for (int round = 0; round < rounds(100); ++round) {
        TestDesk desk;
        desk.staffed();
        desk.clock("2026-04-30T18:00");
        auto at = testing::time_at("2026-03-02T08:30");
        at.seconds += static_cast<std::int64_t>(random.below(10'000)) * 60;
        auto const begin = at;
        auto const ticket = desk.does("register_ticket", "G01",
                                      {{"kind", "repair"}, {"priority", "urgent"}, {"words", "漏"}, {"unit", "3-502"}},
                                      format_time(at));
        // Waits and resumes some times; minutes in which it waited do not count.
        std::vector<std::pair<LocalTime, LocalTime>> pauses;
        for (std::size_t times = random.below(4); times > 0; --times) {
            at.seconds += 60 + static_cast<std::int64_t>(random.below(300)) * 60;
            auto const from = at;
            desk.does("put_on_hold", "G01", {{"ticket", ticket}, {"reason", "parts"}}, format_time(at));
            at.seconds += 60 + static_cast<std::int64_t>(random.below(3000)) * 60;
            desk.does("resume_ticket", "G01", {{"ticket", ticket}}, format_time(at));
            pauses.emplace_back(from, at);
        }
        Calendar const calendar;
        auto left = 240;
        auto minute = begin;
        while (left > 0) {
            auto const of_day = minute_of_day(minute);
            auto const counts = calendar.is_working_day(date_of(minute)) && of_day >= 510 && of_day < 1080 &&
                                std::none_of(pauses.begin(), pauses.end(), [&](auto const& pause) {
                                    return minute >= pause.first && minute < pause.second;
                                });
            left -= counts ? 1 : 0;
            minute.seconds += 60;
        }
        std::string due;
        auto const rows = desk->duties(testing::time_at("2030-01-01T00:00"), DutyFilter::all);
        REQUIRE(rows);
        for (auto const& row : *rows)
            if (row.duty.period == "solution-1") due = format_time(row.duty.due);
        INFO("round " << round);
        CHECK(due == format_time(minute));
    }
}
