#include "core/service/ticket_book.h"

#include <algorithm>

#include "tests/core/support.h"

using namespace guanjia;
using testing::TestDesk;
using testing::time_at;

namespace {

struct Book {
    TestDesk& desk;
    TicketBook book;

    bool follow(std::size_t budget = 1000) {
        return book.follow(desk->database(), desk->projection().feed(), desk->now(), budget);
    }
    std::vector<std::string> numbers(TicketFilter filter = TicketFilter::all, std::string_view text = {}) const {
        std::vector<std::string> numbers;
        for (auto const place : book.list(filter, text)) numbers.push_back(book.line(place).number);
        return numbers;
    }
    TicketLine line(std::string const& number) {
        auto const id = desk->find_record(&Ticket::description, number, "ticket");
        REQUIRE(id);
        auto const place = book.find(Id<Ticket>{*id});
        REQUIRE(place);
        return book.line(*place);
    }
};

}  // namespace

TEST_CASE("book: what waits for something comes first, then the newest, in steps of the size asked for") {
    TestDesk desk;
    desk.staffed();
    std::vector<std::string> finished;
    std::vector<std::string> open;
    for (int index = 0; index < 40; ++index) {
        desk.clock("2026-02-13T09:" + std::to_string(10 + index));
        auto const number =
            desk.does("register_ticket", "G01",
                      {{"kind", "repair"}, {"priority", "normal"}, {"words", "漏水"}, {"unit", "3-502"}},
                      format_time(desk->now()));
        if (index % 8 == 0) {
            open.push_back(number);
        } else {
            // Answered on the spot, so that nothing is left to do (GEN-5.1).
            desk.does("close_ticket", "G01",
                      {{"ticket", number}, {"cause", "老化"}, {"solution", "更换"}, {"satisfaction", "satisfied"}},
                      format_time(desk->now()));
            finished.push_back(number);
        }
    }
    desk.clock("2026-02-13T12:00");
    Book book{desk, {}};
    CHECK(book.book.size() == 0);
    CHECK_FALSE(book.book.complete());
    // Each of the five has three duties; the first step looks at five of them.
    CHECK_FALSE(book.follow(5));
    CHECK(book.book.size() == 5);
    CHECK(book.book.to_do_count() == 5);
    CHECK(book.numbers() == open);
    while (book.book.size() < 20) CHECK_FALSE(book.follow(5));
    std::reverse(finished.begin(), finished.end());
    auto const shown = book.numbers(TicketFilter::finished);
    CHECK(std::equal(shown.begin(), shown.end(), finished.begin()));
    auto before = book.book.revision();
    while (!book.follow(5)) {
        CHECK(book.book.revision() > before);
        before = book.book.revision();
    }
    CHECK(book.book.size() == 40);
    CHECK(book.numbers(TicketFilter::finished) == finished);

    // Nothing new, nothing done.
    before = book.book.revision();
    CHECK(book.follow(5));
    CHECK(book.book.revision() == before);

    book.book.clear();
    CHECK(book.book.size() == 0);
    CHECK(book.book.revision() > before);
    CHECK(book.follow());
    CHECK(book.book.size() == 40);
    CHECK(book.book.bytes() < 40 * 400);
}

TEST_CASE(
    "RV-4.1: the book's lists are the open ones with what awaits its visit, those to be visited, the finished, all") {
    TestDesk desk;
    desk.staffed();
    desk.clock("2026-02-13T10:00");
    auto const visited = desk.complaint("2026-02-13T09:00", {{"category", "电梯"}});
    auto const open = desk.complaint("2026-02-13T09:10", {{"caller_name", "李四"}});
    auto const enquiry = desk.does(
        "register_ticket", "G01",
        {{"kind", "enquiry"}, {"priority", "low"}, {"words", "装修押金"}, {"caller_name", "周敏"}}, "2026-02-13T09:20");
    desk.own(visited, "2026-02-13T09:30");
    desk.close(visited, "2026-02-13T09:40");
    desk.close(enquiry, "2026-02-13T09:40");
    Book book{desk, {}};
    REQUIRE(book.follow());
    using Numbers = std::vector<std::string>;
    CHECK(book.numbers(TicketFilter::to_visit) == Numbers{visited});
    // The enquiry is still to be asked how it was (GEN-5.1).
    CHECK(book.numbers(TicketFilter::finished) == Numbers{enquiry, visited});
    CHECK(book.numbers(TicketFilter::all).size() == 3);
    auto const all_open = book.numbers(TicketFilter::to_do);
    CHECK(all_open.size() == 2);
    CHECK(std::count(all_open.begin(), all_open.end(), open) == 1);
    CHECK(awaits_visit(book.line(visited)));
    CHECK_FALSE(awaits_visit(book.line(open)));
    CHECK(book.book.to_do_count() == 2);

    // By any of its texts, and by none that two of them make together.
    for (auto const* text : {"电梯", "TS-20260213-A001", "3-502", "A001", "太吵"})
        CHECK_MESSAGE(book.numbers(TicketFilter::to_visit, text) == Numbers{visited}, text);
    CHECK(book.numbers(TicketFilter::all, "押金") == Numbers{enquiry});
    CHECK(book.numbers(TicketFilter::all, "周敏") == Numbers{enquiry});
    CHECK(book.numbers(TicketFilter::finished, "李四").empty());
    CHECK(book.numbers(TicketFilter::all, "周敏装修").empty());

    // The visit is made: nothing waits any longer.
    desk.does("record_return_visit", "G01",
              {{"ticket", visited}, {"method", "phone"}, {"solved", "true"}, {"satisfaction", "satisfied"}});
    REQUIRE(book.follow());
    CHECK(book.numbers(TicketFilter::to_visit).empty());
    // A void ticket is gone, and the others are still found.
    desk.does("void_record", "M01", {{"record", visited}, {"reason", "误登"}});
    REQUIRE(book.follow());
    CHECK(book.book.size() == 2);
    CHECK_FALSE(book.book.find(Id<Ticket>{*desk->find_record(&Ticket::description, visited, "ticket")}));
    CHECK(book.line(open).number == open);
    CHECK(book.line(enquiry).number == enquiry);
}

TEST_CASE("book: a duty shows from the moment at which it opens, and no longer when the clock is set back") {
    TestDesk desk;
    desk.staffed();
    desk.clock("2026-02-13T09:00");
    // A desk's clock may run a few minutes ahead.
    auto const number = desk.complaint("2026-02-13T09:04");
    Book book{desk, {}};
    REQUIRE(book.follow());
    CHECK_FALSE(has_time(book.line(number).next_due));
    auto const before = book.book.revision();
    desk.clock("2026-02-13T09:03");
    REQUIRE(book.follow());
    CHECK(book.book.revision() == before);
    desk.clock("2026-02-13T09:04");
    REQUIRE(book.follow());
    CHECK(book.line(number).next_due == time_at("2026-02-13T10:04"));
    CHECK(book.line(number).next_clause == find_clause("GEN-2.1"));
    desk.clock("2026-02-13T09:03");
    REQUIRE(book.follow());
    CHECK_FALSE(has_time(book.line(number).next_due));
}

TEST_CASE("book: long texts, an owner's new name and a unit that comes late") {
    TestDesk desk;
    desk.staffed();
    std::string words;
    for (int count = 0; count < 600; ++count) words += "很长的话";
    auto const number = desk.does(
        "register_ticket", "G01",
        {{"kind", "repair"}, {"priority", "normal"}, {"words", words}, {"owner", desk.owner}, {"unit", "3-502"}});
    Book book{desk, {}};
    REQUIRE(book.follow());
    CHECK(book.line(number).words == words);
    CHECK(book.line(number).customer == "张三");
    desk.does("change_owner", "G01", {{"owner", desk.owner}, {"name", "张三丰"}});
    REQUIRE(book.follow());
    CHECK(book.line(number).customer == "张三丰");
    CHECK(book.line(number).unit == "3-502");

    // Headquarters hears of the tickets before it hears of unit and owner.
    auto const of_unit = desk.does(
        "register_ticket", "G01",
        {{"kind", "repair"}, {"priority", "normal"}, {"words", "漏水"}, {"caller_name", "李四"}, {"unit", "3-502"}});
    TestDesk headquarters{1, "HQ", 3, true};
    Book there{headquarters, {}};
    auto const last = desk->journal().last_number(desk->identity().incarnation);
    REQUIRE(headquarters.take(desk.slice(last - 2, last)));
    headquarters.clock("2026-02-13T12:00");
    REQUIRE(there.follow());
    CHECK(there.line(number).unit.empty());
    CHECK(there.line(number).customer.empty());
    CHECK(there.line(of_unit).unit.empty());
    REQUIRE(headquarters.take(desk.slice()));
    REQUIRE(there.follow());
    CHECK(there.line(number).unit == "3-502");
    CHECK(there.line(number).customer == "张三丰");
    CHECK(there.line(of_unit).unit == "3-502");
}

TEST_CASE("book: whoever fell behind looks at everything again, and what is gone by then goes at the end") {
    TestDesk desk;
    desk.staffed();
    desk.clock("2026-02-13T10:00");
    std::vector<std::string> numbers;
    for (int index = 0; index < 30; ++index) numbers.push_back(desk.complaint());
    Book book{desk, {}};
    REQUIRE(book.follow());
    for (int index = 0; index < 10; ++index)
        desk.does("void_record", "M01", {{"record", numbers[static_cast<std::size_t>(index * 3)]}, {"reason", "误登"}});
    desk->projection().feed().forget();
    CHECK_FALSE(book.follow(3));
    CHECK(book.book.size() == 30);  // what was true stays in view
    // And again, in the midst of it.
    desk->projection().feed().forget();
    while (!book.follow(3)) {
    }
    CHECK(book.book.size() == 20);
    CHECK(book.numbers().size() == 20);
    for (std::size_t index = 0; index < 30; ++index)
        if (index % 3 != 0) CHECK(book.line(numbers[index]).number == numbers[index]);
}
