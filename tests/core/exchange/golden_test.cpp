// Files of every released format stay readable, and the same entries are written as the same bytes, natively and as
// WebAssembly. A golden file is never changed; a new format adds one.

#include <fstream>

#include "core/exchange/import.h"
#include "tests/core/photos.h"
#include "tests/core/support.h"

using namespace guanjia;
using testing::TestDesk;

namespace {

constexpr char const* first_format = "tests/golden/format-1.gjslice";
constexpr char const* photo_format = "tests/golden/format-2.gjslice";

// One of everything that format 1 can carry.
std::string everything() {
    TestDesk desk;
    desk.staffed();
    desk.clock("2026-02-13T18:00");
    auto const ticket = desk.does("register_ticket", "G01",
                                  {{"kind", "complaint"},
                                   {"priority", "urgent"},
                                   {"words", "电梯半夜咯吱响 𠮷㛃"},
                                   {"wish", "检修"},
                                   {"category", "电梯"},
                                   {"unit", "3-502"},
                                   {"owner", desk.owner},
                                   {"safety", "true"},
                                   {"claim", "1,234.50"},
                                   {"households", "2"}},
                                  "2026-02-13T09:00");
    desk.does("record_contact", "G01", {{"ticket", ticket}, {"channel", "phone"}, {"summary", "已派工"}},
              "2026-02-13T09:10");
    auto const given =
        desk.does("hand_over", "G01",
                  {{"ticket", ticket}, {"department", "工程部"}, {"task", "检查"}, {"due", "2026-02-13T16:00"}},
                  "2026-02-13T09:30");
    desk.does("acknowledge_hand_over", "W01", {{"hand_over", given}}, "2026-02-13T09:40");
    desk.does("report_hand_over", "W01", {{"hand_over", given}, {"result", "已修"}}, "2026-02-13T11:00");
    desk.own(ticket, "2026-02-13T11:10");
    desk.close(ticket, "2026-02-13T15:00");
    desk.does("record_return_visit", "M01",
              {{"ticket", ticket},
               {"method", "door-step"},
               {"solved", "true"},
               {"signer_name", "张三"},
               {"signer_relation", "owner"},
               {"signature", "1,2 3,4"}},
              "2026-02-13T16:00");
    desk.does("change_owner", "G01", {{"owner", desk.owner}, {"phone", "13900001111"}});
    desk.does("set_parameter", "M01", {{"name", "update_working_days"}, {"value", "3"}, {"reason", "试行"}});
    desk.does("load_calendar", "M01", {{"days", "2031; off 01-01"}, {"source", "通知"}});
    desk.does("reveal_owner", "G01", {{"owner", desk.owner}, {"reason", "回电"}});
    auto const other = desk.does("add_owner", "G01", {{"name", "李四"}});
    desk.does("erase_owner", "M01", {{"owner", other}, {"reason", "本人要求"}});
    auto const reception = desk.does("record_reception", "G01", {{"channel", "visit"}, {"need", "问路"}});
    desk.does("void_record", "G01", {{"record", reception}, {"reason", "误登"}});
    return desk.slice();
}

// What format 2 carries besides.
std::string with_a_photo() {
    TestDesk desk;
    desk.staffed();
    desk.clock("2026-02-13T18:00");
    auto const photo = testing::jpeg("a photo");
    desk.does(
        "add_photo", "G01",
        {{"ticket", desk.complaint()}, {"hash", format_hash(hash_of(photo))}, {"bytes", std::to_string(photo.size())}});
    std::ostringstream to;
    REQUIRE(export_day(*desk, testing::day("2026-02-13"), to, [&](Hash const&) { return std::optional{photo}; }));
    return to.str();
}

std::string contents(char const* path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace

TEST_CASE("a file of format 1 is read, and the same work is written as the same bytes") {
    auto const golden = contents(first_format);
    REQUIRE_FALSE(golden.empty());
    CHECK(golden == everything());
    TestDesk headquarters{1, "HQ", 7, true};
    headquarters.clock("2026-02-13T18:00");
    auto const report = headquarters.take(golden);
    REQUIRE(report);
    CHECK(report->added == 26);
    CHECK((*headquarters->check()).sound);
    CHECK(headquarters.ask("tickets", "claim") == std::vector<std::string>{"1234.50"});
    CHECK(headquarters.ask("owners", "name") == std::vector<std::string>{"", "张三"});
    CHECK(headquarters.duties("RV-4.1") == std::vector<std::string>{"2026-02-14T18:00 2026-02-13T16:00 manager"});
    CHECK(format_hash(report->header.last) == "7a0f65bf7cc580dfc7677fcbcc32999dc71750a57cedb485ff6baacce68939d2");
}

TEST_CASE("a file of format 2 is read with its photo, and the same work is written as the same bytes") {
    auto const golden = contents(photo_format);
    REQUIRE_FALSE(golden.empty());
    CHECK(golden == with_a_photo());
    TestDesk headquarters{1, "HQ", 7, true};
    headquarters.clock("2026-02-13T18:00");
    std::istringstream bytes{golden};
    std::string photo;
    REQUIRE(import_file(*headquarters, bytes, [&](Hash const&, std::string_view kept) { photo = kept; }));
    CHECK(photo == testing::jpeg("a photo"));
    CHECK(headquarters.ask("photos", "hash") == std::vector<std::string>{format_hash(hash_of(photo))});
}

TEST_CASE("a new golden file is written on request" * doctest::skip()) {
    std::ofstream{"build/new.gjslice", std::ios::binary} << everything();
    std::ofstream{"build/new-with-a-photo.gjslice", std::ios::binary} << with_a_photo();
}
