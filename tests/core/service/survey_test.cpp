// Satisfaction on several questions, asked in a return visit (RV-5, GEN-S3).

#include "core/desk/documents.h"
#include "core/service/figures/queries.h"
#include "core/service/visits/rules.h"
#include "tests/core/support.h"

using namespace guanjia;
using testing::day;
using testing::Random;
using testing::staffed;
using testing::TestDesk;

namespace {

using Lines = std::vector<std::string>;

// A complaint that was dealt with on that morning.
std::string finished(TestDesk& desk, std::string const& date) {
    auto const ticket = desk.complaint(date + "T09:00");
    desk.own(ticket, date + "T09:30");
    desk.close(ticket, date + "T10:00");
    return ticket;
}

TestDesk::Fields visit(std::string ticket, std::string answers) {
    return {{"ticket", std::move(ticket)},
            {"method", "phone"},
            {"satisfaction", "satisfied"},
            {"solved", "true"},
            {"answers", std::move(answers)}};
}

// "key question answers satisfied dissatisfied points"
Lines rows(TestDesk& desk, FigureGrouping by, std::string_view first = "2026-03-01",
           std::string_view last = "2026-03-31") {
    Lines lines;
    for (auto const& row : survey_rows(desk->database(), {day(first), day(last)}, by))
        lines.push_back(row.key + " " + row.question + " " + std::to_string(row.answers) + " " +
                        std::to_string(row.satisfied) + " " + std::to_string(row.dissatisfied) + " " +
                        std::to_string(row.points));
    return lines;
}

}  // namespace

TEST_CASE("RV-5 a return visit keeps what was said to each question; none need be asked") {
    auto desk = staffed();
    auto const ticket = finished(desk, "2026-03-20");
    auto const number =
        desk.does("record_return_visit", "G01", visit(ticket, " 响应速度 = satisfied \n\n服务态度=dissatisfied\n"),
                  "2026-03-20T15:00");
    CHECK(desk.ask("return_visits", "answers") == Lines{"响应速度=satisfied\n服务态度=dissatisfied"});
    auto const page = print_form(*desk, "return-visit-record", number);
    REQUIRE(page);
    CHECK(page->find("<th>响应速度</th><td colspan=\"3\">满意</td>") != std::string::npos);
    CHECK(page->find("<th>服务态度</th><td colspan=\"3\">不满意</td>") != std::string::npos);
    CHECK(page->find("处理质量") == std::string::npos);
    desk.does("record_return_visit", "G01", visit(ticket, ""), "2026-03-20T16:00");
    CHECK(desk.ask("return_visits", "answers") == Lines{"响应速度=satisfied\n服务态度=dissatisfied", ""});
}

TEST_CASE("RV-5 an answer to no question of that day, one that cannot be read or one given twice is refused") {
    auto desk = staffed();
    auto const ticket = finished(desk, "2026-03-20");
    auto const refused = [&](std::string answers) {
        return desk.refused("record_return_visit", "G01", visit(ticket, std::move(answers)), "2026-03-20T15:00");
    };
    CHECK(refused("价格=satisfied") == "RV-5 visit.question-unknown");
    CHECK(refused("=satisfied") == "RV-5 visit.question-unknown");
    CHECK(refused("响应速度=satisfied\n响应速度=fair") == "RV-5 visit.question-twice");
    for (auto const* wrong : {"响应速度", "响应速度=", "响应速度=好", "响应速度=none", "响应速度=satisfied=fair"})
        CHECK(refused(wrong) == "RV-5 visit.answer-unreadable");
    CHECK(refused(std::string(8193, 'a')) == "input.unreadable");
}

TEST_CASE("RV-5 the questions are those of the visit's own day, on both sides of the day they change") {
    auto desk = staffed();
    desk.clock("2026-03-20T18:00");
    desk.does("set_wording", "M01",
              {{"name", "survey.return-visit"},
               {"text", "服务态度\n上门整洁"},
               {"effective_from", "2026-03-23"},
               {"reason", "改问整洁"}});
    auto const ticket = finished(desk, "2026-03-20");
    desk.clock("2026-03-31T18:00");
    auto const at = [&](char const* when, char const* answers) {
        return desk.try_to("record_return_visit", "G01", visit(ticket, answers), when);
    };
    CHECK(at("2026-03-22T23:59", "上门整洁=fair").error().reason == "visit.question-unknown");
    CHECK(at("2026-03-22T23:59", "响应速度=fair"));
    CHECK(at("2026-03-23T00:00", "响应速度=fair").error().reason == "visit.question-unknown");
    CHECK(at("2026-03-23T00:00", "上门整洁=fair\n服务态度=very-satisfied"));
    // Each keeps its own questions, and is counted under them.
    CHECK(desk.ask("return_visits", "answers") == Lines{"响应速度=fair", "上门整洁=fair\n服务态度=very-satisfied"});
    CHECK(rows(desk, FigureGrouping::day) == Lines{"2026-03-22  1 1 0 3", "2026-03-22 响应速度 1 0 0 2",
                                                   "2026-03-23  1 1 0 3", "2026-03-23 上门整洁 1 0 0 2",
                                                   "2026-03-23 服务态度 1 1 0 4"});
}

TEST_CASE("RV-5 no question is asked where the centre has none") {
    auto desk = staffed();
    desk.does("set_wording", "M01", {{"name", "survey.return-visit"}, {"text", ""}, {"reason", "只问总体"}});
    auto const ticket = finished(desk, "2026-03-31");
    CHECK(desk.refused("record_return_visit", "G01", visit(ticket, "服务态度=fair"), "2026-03-31T11:00") ==
          "RV-5 visit.question-unknown");
    desk.does("record_return_visit", "G01", visit(ticket, ""), "2026-03-31T11:00");
}

TEST_CASE("GEN-S3 the answers of a period are counted question by question, as a plain count does, and void ones not") {
    auto desk = staffed();
    Random random{5};
    static constexpr char const* questions[] = {"响应速度", "服务态度", "处理质量"};
    std::map<std::string, std::array<std::int64_t, 4>> expected;  // by month and question: answers … points
    Lines visits;
    for (int count = 0; count < 40; ++count) {
        auto const date = add_days(day("2026-02-16"), static_cast<int>(random.below(40)));
        auto const ticket = finished(desk, format_date(date));
        std::string answers;
        auto const is_void = random.below(5) == 0;
        for (auto const* question : questions) {
            if (random.below(3) == 0) continue;
            auto const said = 1 + static_cast<std::int64_t>(random.below(4));
            answers += std::string{question} + "=" + std::string{choice_name(satisfaction_choices, said)} + "\n";
            if (is_void) continue;
            auto& row = expected[format_date(first_of_month(date)) + " " + question];
            ++row[0];
            row[1] += said <= 2;
            row[2] += said == 4;
            row[3] += 5 - said;
        }
        auto const number =
            desk.does("record_return_visit", "G01", visit(ticket, answers), format_date(date) + "T11:00");
        if (is_void) desk.does("void_record", "M01", {{"record", number}, {"reason", "误登"}});
    }
    Lines wanted;
    for (auto const& [key, row] : expected)
        wanted.push_back(key + " " + std::to_string(row[0]) + " " + std::to_string(row[1]) + " " +
                         std::to_string(row[2]) + " " + std::to_string(row[3]));
    auto found = rows(desk, FigureGrouping::month, "2026-02-01");
    std::erase_if(found, [](std::string const& line) { return line.find("  ") != std::string::npos; });
    CHECK(found == wanted);
    // Days outside are not counted.
    CHECK(rows(desk, FigureGrouping::none, "2026-04-01", "2026-04-30").empty());
    CHECK(rows(desk, FigureGrouping::kind, "2026-02-01").size() == 4);
}
