#include "core/desk/intake.h"

#include "core/service/queries.h"
#include "tests/core/support.h"
#include "tests/core/tables/reading.h"

using namespace guanjia;
using namespace guanjia::testing;

namespace {

bool always() { return true; }

struct Run {
    Table table;
    std::unique_ptr<Intake> intake;
    std::string fates;  // a letter a row: f k r x
};

std::string fates_of(Intake const& intake) {
    std::string fates;
    for (std::size_t row = 0; row < intake.rows(); ++row) fates += "?fkrx"[static_cast<std::size_t>(intake.fate(row))];
    return fates;
}

std::unique_ptr<Run> look_through(TestDesk& desk, std::string csv, IntakeTarget target,
                                  std::function<void(IntakeMapping&)> const& change = {}) {
    auto run = std::make_unique<Run>();
    auto reader = read_to_the_end(std::move(csv));
    REQUIRE(reader);
    run->table = reader->take_table();
    auto mapping = proposed_mapping(*desk, run->table, target);
    if (change) change(mapping);
    run->intake = std::make_unique<Intake>(*desk, run->table, std::move(mapping), "M01");
    auto const looked = run->intake->preview(always);
    REQUIRE(looked);
    CHECK(*looked);
    run->fates = fates_of(*run->intake);
    return run;
}

// Rows a step; nothing of what the preview refused is written.
void write(Run& run, int rows_a_step = 3) {
    for (;;) {
        auto left = rows_a_step;
        auto const written = run.intake->write([&] { return --left > 0; });
        REQUIRE(written);
        if (*written) return;
    }
}

std::string reason(Run const& run, std::size_t row) {
    auto const* why = run.intake->why(row);
    return why ? why->reason + (why->fields.empty() ? "" : " " + why->fields.front()) : std::string{};
}

std::int64_t count(TestDesk& desk, char const* from) {
    auto statement = desk->database().prepare(std::string{"SELECT count(*) FROM "} + from);
    REQUIRE(statement.step());
    return statement.integer(0);
}

}  // namespace

TEST_CASE("Homes are taken in once, with what their columns are called in either language") {
    TestDesk desk;
    desk.staffed();
    auto const* const csv =
        "房号,楼栋,房屋类型,备注\n3-501,3,住宅,x\n3-502,3,住宅,\n车位12,,车位,\n3-501,3,,\n,3,,\n3-503,3,城堡,\n";
    auto run = look_through(desk, csv, IntakeTarget::units);
    CHECK(run->fates == "fkfrxx");
    CHECK(reason(*run, 4) == "intake.empty unit");
    CHECK(reason(*run, 5) == "intake.no-choice unit_kind");
    auto const before = desk->journal().count();
    CHECK(count(desk, "unit") == 1);
    write(*run);
    CHECK(count(desk, "unit") == 3);
    CHECK(desk->journal().count() == before + 2);
    CHECK(look_through(desk, csv, IntakeTarget::units)->fates == "kkkkxx");
    CHECK(look_through(desk, "Building;Home\n3;3-504\n", IntakeTarget::units)->fates == "f");
}

TEST_CASE("People are known by name and telephone, and move into further homes") {
    TestDesk desk;
    desk.staffed();
    auto const* const csv =
        "姓名,电话,房号,关系,入住日期\n张三,138-1234-5678,3-502,业主,2020-01-02\n李四,13900000001,3-601,租户,2021/3/4\n"
        "李四,13900000001,3-602,业主,\n王五,,3-601,家属,\n王五,,3-601,,\n赵六,13900000002,,,\n,13900000003,3-601,,\n"
        "孙七,13900000004,3-601,邻居,\n周八,13900000005,3-601,,2021-13-01\n";
    auto run = look_through(desk, csv, IntakeTarget::owners);
    CHECK(run->fates == "kfffrfxxx");
    CHECK(reason(*run, 6) == "intake.empty name");
    CHECK(reason(*run, 7) == "intake.no-choice relation");
    CHECK(reason(*run, 8) == "intake.no-date since");
    write(*run, 1);
    CHECK(count(desk, "owner") == 4);
    CHECK(count(desk, "unit") == 3);
    CHECK(count(desk, "occupancy WHERE until IS NULL") == 4);
    CHECK(look_through(desk, csv, IntakeTarget::owners)->fates == "kkkkrkxxx");
}

TEST_CASE("Without adding homes a person of an unknown one is refused, and an old ticket keeps it in its words") {
    TestDesk desk;
    desk.staffed();
    auto const stay = [](IntakeMapping& mapping) { mapping.adds_units = false; };
    auto people = look_through(desk, "姓名,房号\n钱九,9-901\n", IntakeTarget::owners, stay);
    CHECK(reason(*people, 0) == "intake.unit-unknown unit");
    auto tickets =
        look_through(desk, "编号,登记时间,内容,房号\n1,2025-01-02,漏水,9-901\n", IntakeTarget::tickets, stay);
    CHECK(tickets->fates == "f");
    write(*tickets);
    CHECK(count(desk, "ticket WHERE unit IS NULL AND words LIKE '%9-901%'") == 1);
    CHECK(count(desk, "unit") == 1);
}

TEST_CASE("GEN-3.2 old tickets come with their times, and what is dirty is told row by row") {
    TestDesk desk;
    desk.staffed();
    desk.clock("2026-02-13T10:00");
    auto const* const csv =
        "编号,登记时间,完成时间,状态,类型,类别,内容,房号,处理结果\n"
        "A1,01/13/2025 09:00:00 AM,01/14/2025 05:00:00 PM,已完成,报修,水电/漏水,水管漏水,3-502,换管\n"
        "A2,02/10/2026 09:00:00 AM,,处理中,投诉,噪音,太吵,3-502,\n"
        "A3,01/13/2025 09:00:00 AM,01/12/2025 09:00:00 AM,已完成,报修,,早了,,\n"
        "A4,soon,,,报修,,何时,,\n"
        "A5,02/14/2026 09:00:00 AM,,,报修,,明天,,\n"
        "A1,01/13/2025 09:00:00 AM,,,报修,,两遍,,\n"
        "A6,01/13/2025,,已关闭,,,没写时间,3-503,\n"
        ",01/13/2025,,,,,没有编号,,\n"
        "A7,01/13/2025,,,,,,,\n";
    auto run = look_through(desk, csv, IntakeTarget::tickets);
    CHECK(run->intake->mapping().order == DateOrder::month_first);
    CHECK(run->fates == "ffxxxrfxx");
    CHECK(reason(*run, 2) == "ticket.finished-before-opened finished_at");
    CHECK(reason(*run, 3) == "intake.no-date opened");
    CHECK(reason(*run, 4) == "input.future occurred_at");
    CHECK(reason(*run, 7) == "intake.empty origin");
    CHECK(reason(*run, 8) == "intake.empty words");
    write(*run);
    CHECK(count(desk, "ticket") == 3);
    CHECK(count(desk, "ticket_state WHERE is_open") == 1);
    CHECK(count(desk, "unit") == 2);
    auto statement = desk->database().prepare("SELECT occurred_at, kind, origin FROM ticket WHERE origin = 'A1'");
    REQUIRE(statement.step());
    CHECK(statement.time(0) == time_at("2025-01-13T09:00"));
    CHECK(statement.integer(1) == static_cast<std::int64_t>(TicketKind::repair));
    CHECK(look_through(desk, csv, IntakeTarget::tickets)->fates == "kkxxxkkxx");

    // None is lost: what is not in the records is in the file of what was refused.
    auto const refused = read_to_the_end(run->intake->refused_rows(Language::chinese));
    REQUIRE(refused);
    CHECK(refused->table().rows() == 1 + run->intake->count(RowFate::refused));
    CHECK(refused->table().cell(0, 9) == "未导入的原因");
    CHECK(refused->table().cell(1, 0) == "A3");
}

TEST_CASE("GEN-2.1 what another system finished is nobody's duty here, what is open is from the day it came") {
    TestDesk desk;
    desk.staffed();
    desk.clock("2026-02-13T10:00");
    auto run = look_through(desk,
                            "编号,登记时间,完成时间,类型,内容\n1,2025-01-13 09:00,2025-01-14 09:00,投诉,旧的投诉\n"
                            "2,2026-02-10 09:00,2026-02-11 09:00,报修,上周的维修\n3,2025-01-13 09:00,,投诉,还没好\n",
                            IntakeTarget::tickets);
    CHECK(run->fates == "fff");
    write(*run);
    CHECK(desk.duties("RV-4.1").empty());
    CHECK(desk.duties("GEN-5.1").empty());
    CHECK(desk.duties("RV-4.2").empty());
    // One hour of the normal priority from 10:00, and three working days with the Saturday that is worked.
    CHECK(desk.duties("GEN-2.1") == std::vector<std::string>{"2026-02-13T11:00 - butler", "2026-02-14T18:00 - butler"});
    CHECK(desk.duties("GEN-3.2").size() == 1);
    CHECK(count(desk, "ticket_measure") == 1);
}

TEST_CASE("RV-4.1 nobody is spared a cause or a visit by closing an open ticket as of the day before it came") {
    TestDesk desk;
    desk.staffed();
    desk.clock("2026-02-13T10:00");
    auto const ticket = desk.does("take_over_ticket", "G01",
                                  {{"origin", "X1"}, {"kind", "complaint"}, {"words", "太吵"}}, "2026-02-10T09:00");
    CHECK(desk.refused("close_ticket", "G01", {{"ticket", ticket}, {"solution", "好了"}}, "2026-02-11T09:00") ==
          "GEN-2.2 closing.cause-missing");
    desk.own(ticket, "2026-02-11T09:00");
    desk.close(ticket, "2026-02-11T09:00");
    CHECK(desk.duties("RV-4.1").size() == 1);
    // Told by the other system, to the minute of its coming: no duty; a minute later is not told yet.
    auto const told = [&](std::string origin, std::string finished) {
        return TestDesk::Fields{{"origin", std::move(origin)},
                                {"kind", "complaint"},
                                {"words", "太吵"},
                                {"finished_at", std::move(finished)}};
    };
    desk.does("take_over_ticket", "G01", told("X2", "2026-02-13T10:00"), "2026-02-10T09:00");
    CHECK(desk.duties("RV-4.1").size() == 1);
    CHECK(desk.refused("take_over_ticket", "G01", told("X3", "2026-02-13T10:01"), "2026-02-10T09:00") ==
          "ticket.finished-ahead");
    CHECK(desk.refused("take_over_ticket", "G01", told("X3", "2026-02-10T08:59"), "2026-02-10T09:00") ==
          "ticket.finished-before-opened");
}

TEST_CASE("GEN-2.2 an open ticket that was taken over is closed as any other, with its cause") {
    TestDesk desk;
    desk.staffed();
    desk.clock("2026-02-13T10:00");
    auto const ticket = desk.does("take_over_ticket", "G01",
                                  {{"origin", "X1"}, {"kind", "repair"}, {"words", "门坏了"}}, "2026-02-10T09:00");
    desk.advance(60'000);
    CHECK(desk.refused("close_ticket", "G01", {{"ticket", ticket}}, "2026-02-13T10:01") ==
          "GEN-2.2 closing.cause-missing");
    CHECK(desk.refused("take_over_ticket", "G01", {{"origin", "X1"}, {"kind", "repair"}, {"words", "门坏了"}}) ==
          "ticket.taken-over-already");
    CHECK(desk.refused("take_over_ticket", "W01", {{"origin", "X2"}, {"kind", "repair"}, {"words", "门坏了"}}) ==
          "GEN-1.1 role.front-desk-or-manager");
    CHECK(desk.refused("take_over_ticket", "G01", {{"kind", "repair"}, {"words", "门坏了"}}) ==
          "ticket.origin-missing");
    desk.close(ticket, "2026-02-13T10:01");
    CHECK(desk.duties("GEN-5.1").size() == 1);
}

TEST_CASE("A mapping is kept for the next table with the same headings") {
    TestDesk desk;
    desk.staffed();
    auto const* const csv = "Key,When,What,Extra\n1,2025-01-02,漏水,z\n";
    auto const mapped = [](IntakeMapping& mapping) {
        mapping.columns = {IntakeField::origin, IntakeField::opened, IntakeField::words, IntakeField::wish};
    };
    auto run = look_through(desk, csv, IntakeTarget::tickets, mapped);
    REQUIRE(keep_mapping(*desk, run->table, run->intake->mapping()));
    auto const again = proposed_mapping(*desk, run->table, IntakeTarget::tickets);
    CHECK(again.columns == run->intake->mapping().columns);
    // Another heading is another column, another target another mapping.
    auto other = read_to_the_end("What,Key,Other\nx,1,2\n");
    REQUIRE(other);
    CHECK(proposed_mapping(*desk, other->table(), IntakeTarget::tickets).columns ==
          std::vector<IntakeField>{IntakeField::words, IntakeField::origin, IntakeField::none});
    CHECK(proposed_mapping(*desk, run->table, IntakeTarget::units).columns[2] == IntakeField::none);
}

TEST_CASE("Columns of one field are joined, and a table without headings is mapped by place") {
    TestDesk desk;
    desk.staffed();
    auto run = look_through(desk, "1,2025-01-02,Noise,Loud Music\n", IntakeTarget::tickets, [](IntakeMapping& mapping) {
        CHECK_FALSE(mapping.has_heading);
        mapping.columns = {IntakeField::origin, IntakeField::opened, IntakeField::words, IntakeField::words};
    });
    CHECK(run->fates == "f");
    CHECK(run->intake->text(0, IntakeField::words) == "Noise\nLoud Music");
}

TEST_CASE("A column that is needed and not mapped stops the preview") {
    TestDesk desk;
    desk.staffed();
    auto const reader = read_to_the_end("姓名\n张三\n");
    REQUIRE(reader);
    Intake intake{*desk, reader->table(), proposed_mapping(*desk, reader->table(), IntakeTarget::units), "M01"};
    auto const looked = intake.preview(always);
    REQUIRE_FALSE(looked);
    CHECK(looked.error().reason == "intake.column-missing");
    CHECK(looked.error().fields == std::vector<std::string>{"unit"});
}

TEST_CASE("A row that is divided wrongly or coded in another way is told") {
    TestDesk desk;
    desk.staffed();
    auto run = look_through(desk, "房号,楼栋,\n3-501,3,\n3-502,3,多了\n3-5\xEF\xBF\xBD,3,\n", IntakeTarget::units);
    CHECK(run->fates == "fxx");
    CHECK(reason(*run, 1) == "intake.beyond-columns");
    CHECK(reason(*run, 2) == "intake.unreadable unit");
}

TEST_CASE("A row that is refused only when it is written takes none with it") {
    TestDesk desk;
    desk.staffed();
    auto run = look_through(desk, "房号\n5-101\n5-102\n5-103\n", IntakeTarget::units);
    CHECK(run->fates == "fff");
    desk.does("change_staff", "M01", {{"staff", "G01"}, {"name", "换名"}});
    // Somebody enters the second while the preview is looked at.
    desk.does("add_unit", "G01", {{"code", "5-102"}});
    write(*run);
    CHECK(count(desk, "unit WHERE code LIKE '5-%'") == 3);
    CHECK(run->intake->count(RowFate::refused) == 1);
}

TEST_CASE("Large tables come in by steps and in any order to the same desk") {
    TestDesk desk;
    desk.staffed();
    desk.clock("2026-02-13T10:00");
    std::string csv = "编号,登记时间,完成时间,类型,类别,内容,房号\n";
    Random random{7};
    auto dirty = 0;
    constexpr auto rows = rounds(400);
    for (auto row = 0; row < rows; ++row) {
        auto const wrong = random.below(20) == 0;
        dirty += wrong ? 1 : 0;
        csv += std::to_string(row) + ",2025-0" + std::to_string(1 + random.below(9)) + "-1" +
               std::to_string(random.below(9)) + " 09:00," +
               (wrong             ? "2024-01-01"
                : random.below(2) ? "2025-12-01"
                                  : "") +
               ",报修,水电,漏水," + std::to_string(random.below(50)) + "-101\n";
    }
    auto run = look_through(desk, csv, IntakeTarget::tickets);
    CHECK(run->intake->count(RowFate::refused) == static_cast<std::size_t>(dirty));
    write(*run, 7);
    CHECK(count(desk, "ticket") == rows - dirty);
    auto const report = desk->check();
    REQUIRE(report);
    CHECK(report->sound);
}
