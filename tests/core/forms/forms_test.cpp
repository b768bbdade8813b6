#include "core/desk/documents.h"
#include "core/forms/form.h"
#include "tests/core/support.h"

using namespace guanjia;
using testing::TestDesk;

TEST_CASE("RV-5 the record of a visit shows who signed, or that it was by phone") {
    TestDesk desk;
    desk.staffed();
    desk.clock("2026-03-20T18:00");
    auto const ticket = desk.complaint();
    CHECK(print_form(*desk, "return-visit-record", ticket).error().reason == "form.not-visited");
    desk.own(ticket, "2026-02-13T10:00");
    desk.close(ticket, "2026-02-13T11:00");
    auto const phone =
        desk.does("record_return_visit", "G01",
                  {{"ticket", ticket}, {"method", "phone"}, {"solved", "true"}, {"satisfaction", "satisfied"}},
                  "2026-02-13T12:00");
    auto const door = desk.does("record_return_visit", "G01",
                                {{"ticket", ticket},
                                 {"method", "door-step"},
                                 {"solved", "true"},
                                 {"signer_name", "李四"},
                                 {"signer_relation", "tenant"},
                                 {"signature", "1,2 3,4;5,6"}},
                                "2026-02-13T13:00");
    auto const by_phone = print_form(*desk, "return-visit-record", phone);
    REQUIRE(by_phone);
    CHECK(by_phone->find("电话回访，不需签名") != std::string::npos);
    CHECK(by_phone->find("<path") == std::string::npos);
    CHECK(by_phone->find("2026年2月13日 12:00") != std::string::npos);
    auto const at_door = print_form(*desk, "return-visit-record", door);
    REQUIRE(at_door);
    CHECK(at_door->find("李四（租户）") != std::string::npos);
    CHECK(at_door->find("d=\"M1 2l0 0L3 4M5 6l0 0\"") != std::string::npos);
    CHECK(at_door->find("电话回访") == std::string::npos);
    CHECK(*print_form(*desk, "return-visit-record", ticket) == *at_door);  // the last one
}

TEST_CASE("RV-4.1 the complaint form carries the whole case, masked, and what is typed never becomes HTML") {
    TestDesk desk;
    desk.staffed();
    desk.clock("2026-03-20T18:00");
    auto const ticket = desk.does("register_ticket", "G01",
                                  {{"kind", "complaint"},
                                   {"priority", "urgent"},
                                   {"words", "<b>太吵</b> & \"痛苦\""},
                                   {"owner", desk.owner},
                                   {"unit", "3-502"},
                                   {"safety", "true"}},
                                  "2026-02-13T09:00");
    auto const page = print_form(*desk, "complaint-record", ticket);
    REQUIRE(page);
    for (auto const* part : {"业主投诉受理单", "张三", "138****5678", "3-502", "重要投诉 · 涉及安全或人身伤害",
                             "&lt;b&gt;太吵", "尚未回访", "天下城"})
        CHECK_MESSAGE(page->find(part) != std::string::npos, part);
    CHECK(page->find("<b>太吵") == std::string::npos);
    CHECK(page->find("13812345678") == std::string::npos);
    CHECK(print_form(*desk, "nonsense", ticket).error().reason == "form.unknown");
    CHECK(print_form(*desk, "complaint-record", "TS-19990101-A001").error().reason == "record.unknown");
    CHECK(print_form(*desk, "complaint-record", "3-502").error().reason == "form.wrong-record");
    auto const repair = desk.does("register_ticket", "G01",
                                  {{"kind", "repair"}, {"priority", "low"}, {"words", "灯"}, {"unit", "3-502"}});
    CHECK(print_form(*desk, "complaint-record", repair).error().reason == "ticket.not-complaint");
    desk.does("void_record", "M01", {{"record", ticket}, {"reason", "误登"}});
    CHECK(print_form(*desk, "complaint-record", ticket)->find(">作废<") != std::string::npos);
}

TEST_CASE("a signature is drawn as far as it can be read") {
    CHECK(draw_signature("12,30 14,33;50,60").path == "M12 30l0 0L14 33M50 60l0 0");
    CHECK(draw_signature("12,30").view_box == "-4 -4 20 38");
    CHECK(draw_signature("x").path.empty());
    CHECK(draw_signature("1,2 x").path == "M1 2l0 0");
    CHECK(form_names().size() == 7);
}

TEST_CASE("RV-5 a form names the centre where it happened and whoever held the unit on that day") {
    TestDesk desk;
    desk.staffed();
    desk.clock("2026-03-20T18:00");
    desk.does("add_owner", "G01", {{"name", "租客李"}, {"unit", "3-502"}, {"relation", "tenant"}});
    desk.does("add_owner", "G01", {{"name", "下一位业主"}, {"unit", "3-502"}, {"since", "2026-03-01"}});
    auto const ticket = desk.complaint("2026-02-28T09:00");
    TestDesk headquarters{1, "HQ", 7, true};
    headquarters.clock("2026-03-20T18:00");
    REQUIRE(headquarters.take(desk.slice()));
    auto const page = print_form(*headquarters, "complaint-record", ticket);
    REQUIRE(page);
    CHECK(page->find(">张三<") != std::string::npos);
    CHECK(page->find("138****5678") != std::string::npos);
    CHECK(page->find("下一位业主") == std::string::npos);
    auto const later = desk.complaint("2026-03-02T09:00");
    CHECK(print_form(*desk, "complaint-record", later)->find("下一位业主") != std::string::npos);
}
