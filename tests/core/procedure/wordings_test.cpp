#include "core/procedure/wordings.h"

#include <doctest/doctest.h>

#include "core/base/text.h"

using namespace guanjia;

namespace {

WordingRow const& row_of(std::string_view name) {
    auto const* row = find_wording(name);
    REQUIRE(row);
    return *row;
}

std::string refusal_of(std::string_view name, std::string const& text) {
    auto const& row = row_of(name);
    auto const checked = check_wording(row, tidied(row.kind, text));
    return checked ? std::string{} : checked.error().reason;
}

std::string repeated(std::string const& part, std::size_t times, std::string const& between = {}) {
    std::string text;
    for (std::size_t count = 0; count < times; ++count) text += (count == 0 ? "" : between) + part;
    return text;
}

// "甲1\n甲2\n…"
std::string numbered(std::size_t count) {
    std::string text;
    for (std::size_t line = 1; line <= count; ++line) text += "甲" + std::to_string(line) + "\n";
    return text;
}

}  // namespace

TEST_CASE("GEN-S5 every default is a lawful wording in both languages, and is in the form in which it is kept") {
    for (auto const& row : all_wordings()) {
        INFO(row.name);
        for (auto const text : {row.text.zh, row.text.en}) {
            CHECK(check_wording(row, text).has_value());
            CHECK(tidied(row.kind, text) == text);
            CHECK(is_clean_text(text));
        }
        CHECK(parts_of(row.kind, row.text.zh).size() == parts_of(row.kind, row.text.en).size());
        CHECK_FALSE(row.title.zh.empty());
        CHECK_FALSE(row.title.en.empty());
    }
}

TEST_CASE("GEN-S5 a wording has bounds, on both sides of each") {
    CHECK(refusal_of("step-card.repair", numbered(12)).empty());
    CHECK(refusal_of("step-card.repair", numbered(13)) == "wording.too-many");
    CHECK(refusal_of("step-card.repair", repeated("步", 120)).empty());
    CHECK(refusal_of("step-card.repair", repeated("步", 121)) == "wording.too-long");
    CHECK(refusal_of("step-card.repair", " \n　\n") == "wording.empty");
    CHECK(refusal_of("category.repair", "").empty());
    CHECK(refusal_of("category.repair", numbered(200)).empty());
    CHECK(refusal_of("category.repair", numbered(201)) == "wording.too-many");
    CHECK(refusal_of("category.repair", "供水/水管").empty());
    CHECK(refusal_of("category.repair", "供水/水管/接头") == "wording.levels");
    CHECK(refusal_of("category.repair", "/水管") == "wording.levels");
    CHECK(refusal_of("category.repair", "供水/ ") == "wording.levels");
    CHECK(refusal_of("category.repair", "供水\n供水") == "wording.twice");
    CHECK(refusal_of("survey.return-visit", numbered(6)).empty());
    CHECK(refusal_of("survey.return-visit", numbered(7)) == "wording.too-many");
    CHECK(refusal_of("survey.return-visit", "速度=快") == "wording.equals-sign");
    CHECK(refusal_of("form-note.repair-order", "").empty());
    CHECK(refusal_of("form-note.repair-order", numbered(5)) == "wording.too-many");
    CHECK(refusal_of("script.greeting", repeated("好", 600)).empty());
    CHECK(refusal_of("script.greeting", repeated("好", 601)) == "wording.too-long");
    CHECK(refusal_of("script.greeting", repeated("好\n", 20, "\n")) == "wording.twice");
}

TEST_CASE("GEN-3.1 a script names the customer, the number and the promised time, and nothing that is not known") {
    CHECK(refusal_of("script.greeting", "您好，{客户}，单号 {number}").empty());
    for (auto const* wrong : {"{电话}", "{", "{客户", "{}", "{{客户}}"})
        CHECK(refusal_of("script.greeting", wrong) == "wording.placeholder");
    // Elsewhere braces are nothing but braces.
    CHECK(refusal_of("step-card.repair", "{电话}").empty());

    ScriptValues const values{{"customer", "张三"}, {"promised", "今天 18:00"}, {"number", ""}};
    CHECK(fill_script("{客户}，{customer}：{承诺时间}前，{单号}", values, Language::chinese) ==
          "张三，张三：今天 18:00前，〔单号〕");
    CHECK(fill_script("{promised} {number}", values, Language::english) == "今天 18:00 [number]");
    CHECK(fill_script("没有空格", values, Language::chinese) == "没有空格");
    // A value is put in as it is: what looks like a placeholder in it is not one.
    CHECK(fill_script("{客户}{单号}", {{"customer", "{单号}"}, {"number", "7"}}, Language::chinese) == "{单号}7");
}

TEST_CASE("GEN-3.1 the paragraphs of a script are templates of their own; it is offered where it belongs") {
    CHECK(parts_of(WordingKind::script, "一\n二\n\n三") == std::vector<std::string>{"一\n二", "三"});
    CHECK(tidied(WordingKind::script, "\n 一 \n二\n\n\n\n三\n") == "一\n二\n\n三");
    CHECK(tidied(WordingKind::step_card, "一\n\n 二") == "一\n二");
    auto const& apology = row_of("script.apology");
    CHECK(is_offered_for(apology, "own_complaint.explanation"));
    CHECK(is_offered_for(apology, "record_contact.summary"));
    CHECK_FALSE(is_offered_for(apology, "record_contact"));
    CHECK_FALSE(is_offered_for(apology, "complaint.explanation"));
    CHECK_FALSE(is_offered_for(apology, ""));
}

TEST_CASE("GEN-S5 lines of the default are shown in the language of the screen, others as they were written") {
    auto const& survey = row_of("survey.return-visit");
    CHECK(shown_in(survey, "服务态度\n价格", Language::english) == "Attitude\n价格");
    CHECK(shown_in(survey, "服务态度\n价格", Language::chinese) == "服务态度\n价格");
    CHECK(shown_in(survey, survey.text.zh, Language::english) == survey.text.en);
    CHECK(shown_in(survey, "", Language::english).empty());
    auto const& script = row_of("script.call-back");
    CHECK(shown_in(script, "甲\n\n" + std::string{parts_of(script.kind, script.text.zh)[1]}, Language::english) ==
          "甲\n\n" + parts_of(script.kind, script.text.en)[1]);
}

TEST_CASE(
    "GEN-S5 of two words from the same day the newer counts, whatever order they come in; before it the default") {
    auto const& row = row_of("form-note.step-card");
    auto const day = [](int number) { return make_date(2026, 3, static_cast<unsigned>(number)); };
    std::vector<Wordings::Change> const changes{
        {"三日甲", day(3), {10, 1}}, {"三日乙", day(3), {10, 2}}, {"五日", day(5), {5, 1}}};
    for (auto const& order : {std::vector{0, 1, 2}, std::vector{2, 1, 0}, std::vector{1, 2, 0}}) {
        Wordings wordings;
        for (auto const index : order) wordings.set(row, changes[static_cast<std::size_t>(index)]);
        CHECK(wordings.at(row, day(2)) == row.text.zh);
        CHECK(wordings.at(row, day(3)) == "三日乙");
        CHECK(wordings.at(row, day(4)) == "三日乙");
        CHECK(wordings.at(row, day(5)) == "五日");
        CHECK(wordings.history(row).size() == 3);
    }
}
