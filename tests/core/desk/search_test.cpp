#include "core/desk/search.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "core/desk/search_sources.h"
#include "tests/core/support.h"

using namespace guanjia;
using guanjia::testing::TestDesk;

namespace {

SearchKey ticket(std::uint64_t number) { return {SearchKind::ticket, {1, number}, {}}; }
SearchKey named(SearchKind kind, std::string name) { return {kind, {}, std::move(name)}; }

// Names as keys, for what is tested by its text alone.
void put_names(SearchIndex& index, std::initializer_list<char const*> names) {
    for (auto const* name : names) index.put({named(SearchKind::owner, name), {{SearchWeight::name, name}}});
}

std::vector<std::string> names_found(SearchIndex const& index, std::string_view query, SearchOptions options = {}) {
    std::vector<std::string> names;
    for (auto const& hit : index.find(query, 100, options).hits) names.push_back(hit.key.name);
    return names;
}

bool finds(SearchIndex const& index, std::string_view query, std::string_view name) {
    auto const names = names_found(index, query);
    return std::find(names.begin(), names.end(), name) != names.end();
}

// The text of the first hit with what was met in brackets, field by field.
std::string shown(SearchIndex const& index, std::string_view query) {
    auto const result = index.find(query, 1);
    if (result.hits.empty()) return {};
    std::string text;
    auto const& hit = result.hits.front();
    for (std::size_t field = 0; field < search_field_limit; ++field) {
        auto part = index.text_of(hit.key, field);
        for (auto range = hit.ranges.rbegin(); range != hit.ranges.rend(); ++range) {
            if (range->field != field) continue;
            REQUIRE(range->begin < range->end);
            REQUIRE(range->end <= part.size());
            part.insert(range->end, "]");
            part.insert(range->begin, "[");
        }
        if (!part.empty()) text += (text.empty() ? "" : "|") + part;
    }
    return text;
}

}  // namespace

TEST_CASE("search: a name is found by any part of it, by pinyin, by initials, and while that is typed") {
    SearchIndex index;
    put_names(index, {"张三", "李四", "单国强", "欧阳娜娜", "吕布", "重庆"});
    for (auto const* query :
         {"张三", "张",  "三",       "zhangsan", "zhangs", "zhang",   "zhan", "zh",  "z",      "zs",
          "zsan", "zhs", "ZhangSan", "ＺＳ",     "张san",  "zhang三", "张s",  "san", "  zs  ", "san zhang"}) {
        INFO(query);
        CHECK(finds(index, query, "张三"));
    }
    for (auto const* query : {"张四", "zhansan", "zangsan", "zls", "sz", "hang", "三张", "zhangsanx"}) {
        INFO(query);
        CHECK_FALSE(finds(index, query, "张三"));
    }
    // Every reading of a character counts, and ü is v, ü or u.
    for (auto const* query : {"shan", "dan", "sgq", "dgq", "shanguoqiang"}) CHECK(finds(index, query, "单国强"));
    for (auto const* query : {"lvbu", "lübu", "lubu", "lb"}) CHECK(finds(index, query, "吕布"));
    for (auto const* query : {"chongqing", "zhongqing", "cq", "zq"}) CHECK(finds(index, query, "重庆"));
    for (auto const* query : {"oynn", "ouyang", "阳na", "nn"}) CHECK(finds(index, query, "欧阳娜娜"));
}

TEST_CASE("search: words may be met in any fields, mixed as people type them") {
    SearchIndex index;
    index.put({ticket(1),
               {{SearchWeight::name, "TS-20261123-A003"},
                {SearchWeight::reference, "王建国"},
                {SearchWeight::reference, "3栋1802"},
                {SearchWeight::label, "电梯"},
                {SearchWeight::words, "电梯半夜有异响，A座也听得见"}},
               0});
    CHECK(shown(index, "1802 wang") == "TS-20261123-A003|[王]建国|3栋[1802]|电梯|电梯半夜有异响，A座也听得见");
    CHECK(shown(index, "电ti") == "TS-20261123-A003|王建国|3栋1802|[电梯]|电梯半夜有异响，A座也听得见");
    CHECK(shown(index, "3d18") == "TS-20261123-A003|王建国|[3栋18]02|电梯|电梯半夜有异响，A座也听得见");
    CHECK(shown(index, "a003　yx") == "TS-20261123-[A003]|王建国|3栋1802|电梯|电梯半夜有[异响]，A座也听得见");
    CHECK(shown(index, "A座") == "TS-20261123-A003|王建国|3栋1802|电梯|电梯半夜有异响，[A座]也听得见");
    CHECK(shown(index, "响，a") == "TS-20261123-A003|王建国|3栋1802|电梯|电梯半夜有异[响，A]座也听得见");
    // Parts that touch are one range.
    CHECK(shown(index, "王建 建国") == "TS-20261123-A003|[王建国]|3栋1802|电梯|电梯半夜有异响，A座也听得见");
    CHECK(index.find("1802 李", 10).hits.empty());
    // No match reaches over the end of a field.
    CHECK(index.find("王建国3", 10).hits.empty());
    CHECK(index.find("1802电梯", 10).hits.empty());
}

TEST_CASE("search: nothing and little, emoji, characters beyond the basic plane, and what is no text") {
    SearchIndex index;
    CHECK(index.find("", 10).hits.empty());
    CHECK(index.find("张", 10).matched == 0);
    put_names(index, {"𠮷野家", "㛃月", "😀笑", "a", "张"});
    index.put({named(SearchKind::owner, ""), {}});
    index.put({named(SearchKind::unit, "broken"), {{SearchWeight::name, "张\xFF\xE5三\xED\xA0\x80"}}});
    CHECK(index.size() == 7);
    CHECK(index.find("", 10).matched == 7);
    CHECK(index.find(" \t\n　", 3).hits.size() == 3);
    CHECK(index.find("张", 0).hits.empty());
    CHECK(index.find("张", 0).matched == 2);
    CHECK(names_found(index, "𠮷") == std::vector<std::string>{"𠮷野家"});
    CHECK(names_found(index, "jyj") == std::vector<std::string>{"𠮷野家"});
    CHECK(names_found(index, "jie yue") == std::vector<std::string>{"㛃月"});
    CHECK(shown(index, "😀") == "[😀]笑");
    CHECK(shown(index, "😀x") == "[😀笑]");
    CHECK(index.find("😁", 10).hits.empty());
    // Broken bytes are there, one by one, and match nothing; the rest is found in its place.
    auto const hit = index.find("三", 10).hits;
    REQUIRE(hit.size() == 1);
    CHECK(hit.front().ranges == std::vector<SearchRange>{{0, 5, 8}});
    for (auto const* query : {"\xFF", "\xE5", "张\xFF", "\xED\xA0\x80", "�"}) CHECK(index.find(query, 10).hits.empty());
    CHECK(index.text_of(named(SearchKind::unit, "broken"), 0) == "张��三���");
    CHECK(index.text_of(named(SearchKind::unit, "broken"), 1).empty());
    CHECK(index.text_of(named(SearchKind::unit, "missing"), 0).empty());
}

TEST_CASE("search: very long texts, very long queries and too many fields are cut") {
    SearchIndex index;
    std::string text;
    for (std::size_t count = 0; count < search_text_limit; ++count) text += "长";
    text += "尾";
    index.put({ticket(1), {{SearchWeight::words, "头" + text}}});
    CHECK(index.find("头", 10).matched == 1);
    CHECK(index.find("尾", 10).matched == 0);
    // What is cut off a query does not count.
    std::string query;
    for (std::size_t count = 0; count < query_limit; ++count) query += "长";
    CHECK(index.find(query + "短", 10).matched == 1);
    CHECK(index.find(query + " 短", 10).matched == 1);
    CHECK(index.find(std::string(100'000, 'c'), 10).matched == 1);
    CHECK(index.find("头 长 tou c ch chang t 头c x", 10).matched == 1);
    CHECK(words_of_query("a b  A　b").size() == 2);

    SearchRecord many{ticket(2), {}};
    std::vector<std::string> texts;
    for (std::size_t field = 0; field < 20; ++field) texts.push_back("格" + std::to_string(field) + "号");
    for (auto const& each : texts) many.fields.push_back({SearchWeight::words, each});
    index.put(many);
    CHECK(index.find("格15号", 10).matched == 1);
    CHECK(index.find("格16号", 10).matched == 0);
}

TEST_CASE("search: literal before pinyin before initials; heavy fields before light ones; whole, start, middle") {
    SearchIndex index;
    auto const put = [&](std::uint64_t number, SearchWeight weight, std::string_view text) {
        index.put({ticket(number), {{weight, text}}});
    };
    auto const order = [&](std::string_view query) {
        std::vector<std::uint64_t> numbers;
        for (auto const& hit : index.find(query, 100).hits) numbers.push_back(hit.key.id.counter);
        return numbers;
    };
    using Order = std::vector<std::uint64_t>;
    put(1, SearchWeight::name, "做事");     // initials z s
    put(2, SearchWeight::words, "ZS号房");  // letters in running text are as close as pinyin
    put(3, SearchWeight::label, "zs");
    put(4, SearchWeight::name, "甲zs");
    CHECK(order("zs") == Order{4, 3, 2, 1});

    index.clear();
    put(1, SearchWeight::words, "电梯");
    put(2, SearchWeight::label, "客用电梯");
    put(3, SearchWeight::label, "电梯间");
    put(4, SearchWeight::label, "电梯");
    put(5, SearchWeight::reference, "旧电梯");
    put(6, SearchWeight::name, "电梯");
    put(7, SearchWeight::name, "点题");  // dianti as well
    CHECK(order("电梯") == Order{6, 5, 4, 3, 2, 1});
    CHECK(order("dianti") == Order{6, 7, 5, 4, 3, 2, 1});
    CHECK(order("dt") == Order{6, 7, 5, 4, 3, 2, 1});
    // A number that begins after something else is better than one that is cut out.
    index.clear();
    put(1, SearchWeight::name, "11802");
    put(2, SearchWeight::name, "3栋1802");
    put(3, SearchWeight::name, "18020");
    put(4, SearchWeight::name, "1802");
    CHECK(order("1802") == Order{4, 3, 2, 1});

    // One letter: what it stands for literally comes before all that it may be the initial of.
    index.clear();
    for (std::uint64_t number = 1; number <= 300; ++number) put(number, SearchWeight::name, "张三");
    put(301, SearchWeight::name, "z");
    put(302, SearchWeight::label, "9z");
    CHECK(order("z").front() == 301);
    CHECK(order("z")[1] == 302);
    CHECK(index.find("z", 5).matched == 302);

    // Pinyin that someone types is not drowned by English sentences.
    index.clear();
    put(1, SearchWeight::words, "children ren");
    put(2, SearchWeight::words, "children");
    put(3, SearchWeight::name, "任远");
    put(4, SearchWeight::words, "好人");
    CHECK(order("ren") == Order{3, 1, 4, 2});
}

TEST_CASE("search: among equals what is used more comes first, then what is newer, then by kind and key") {
    SearchIndex index;
    for (std::uint64_t number = 1; number <= 4; ++number)
        index.put({ticket(number), {{SearchWeight::name, "张三"}}, static_cast<std::int64_t>(number == 3 ? 9 : 5)});
    index.put({named(SearchKind::owner, "b"), {{SearchWeight::name, "张三"}}, 5});
    index.put({named(SearchKind::owner, "a"), {{SearchWeight::name, "张三"}}, 5});
    index.used(ticket(4));
    index.used(ticket(99));
    auto const order = [&](std::size_t limit) {
        std::vector<std::string> keys;
        for (auto const& hit : index.find("zs", limit).hits)
            keys.push_back(hit.key.id ? std::to_string(hit.key.id.counter) : hit.key.name);
        return keys;
    };
    using Keys = std::vector<std::string>;
    CHECK(order(9) == Keys{"4", "3", "a", "b", "1", "2"});
    CHECK(order(1) == Keys{"4"});
    CHECK(order(3) == Keys{"4", "3", "a"});
    // Uses stay when a record is replaced, and may be brought along.
    index.put({ticket(4), {{SearchWeight::name, "张三"}}, 0, 0});
    index.put({ticket(2), {{SearchWeight::name, "张三"}}, 0, 2});
    CHECK(order(9) == Keys{"2", "4", "3", "a", "b", "1"});
    CHECK(index.uses_of(ticket(4)) == 1);
    CHECK(index.uses_of(ticket(2)) == 2);
    CHECK(index.uses_of(ticket(99)) == 0);
    // Nothing typed: what is used most.
    CHECK(index.find("", 1).hits.front().key == ticket(2));
    // A better match outweighs any use.
    for (int times = 0; times < 50; ++times) index.used(named(SearchKind::owner, "a"));
    index.put({ticket(7), {{SearchWeight::name, "zs"}}});
    CHECK(order(2) == Keys{"7", "a"});
}

TEST_CASE("search: kinds and closeness can be chosen, and a filter gives every record that matches") {
    SearchIndex index;
    for (std::uint64_t number = 1; number <= 500; ++number)
        index.put({ticket(number), {{SearchWeight::words, number % 2 ? "电梯异响" : "门禁坏了"}}});
    put_names(index, {"丁婷", "电梯公司"});
    auto const count = [&](std::string_view query, SearchOptions const& options) {
        std::set<std::string> keys;
        index.filter(query, options, [&](SearchKey const& key) {
            keys.insert(std::to_string(static_cast<int>(key.kind)) + format_id(key.id) + key.name);
        });
        CHECK(keys.size() == index.find(query, 1, options).matched);
        return keys.size();
    };
    CHECK(count("dt", {}) == 502 - 250);
    CHECK(count("dt", {{SearchKind::ticket}}) == 250);
    CHECK(count("dt", {{SearchKind::owner, SearchKind::unit}}) == 2);
    CHECK(count("dt", {{}, Closeness::pinyin}) == 0);
    CHECK(count("dianti", {{}, Closeness::pinyin}) == 251);
    CHECK(count("dianti", {{}, Closeness::literal}) == 0);
    CHECK(count("电梯", {{}, Closeness::literal}) == 251);
    CHECK(count("", {{SearchKind::ticket}}) == 500);
}

TEST_CASE("search: records are replaced and dropped, and their room is used again") {
    SearchIndex index;
    std::string const words = "地下车库漏水严重，墙面已经发霉，请尽快派人来看";
    auto const put_round = [&](int round) {
        for (std::uint64_t number = 1; number <= 3000; ++number)
            index.put({ticket(number), {{SearchWeight::words, words + std::to_string(round) + "轮"}}});
    };
    put_round(1000);
    auto const before = index.bytes();
    for (int round = 1001; round <= 1040; ++round) put_round(round);
    CHECK(index.size() == 3000);
    CHECK(index.bytes() < before * 2 + (1 << 18));
    CHECK(index.find("1040轮", 1).matched == 3000);
    CHECK(index.find("1039轮", 1).matched == 0);
    CHECK(index.text_of(ticket(77), 0) == words + "1040轮");
    for (std::uint64_t number = 1; number <= 3000; ++number)
        if (number % 10 != 0) CHECK(index.erase(ticket(number)));
    CHECK_FALSE(index.erase(ticket(1)));
    CHECK(index.size() == 300);
    CHECK(index.find("漏水", 1).matched == 300);
    for (std::uint64_t number = 3001; number <= 5000; ++number)
        index.put({ticket(number), {{SearchWeight::words, "新"}}});
    CHECK(index.find("漏水", 1).matched == 300);
    CHECK(index.find("新", 1).matched == 2000);
    CHECK(index.bytes() < before * 2 + (1 << 18));

    // A round: what was not put in again goes, of that kind only.
    put_names(index, {"张三"});
    index.begin_round();
    index.put({ticket(10), {{SearchWeight::words, words + "1040轮"}}});
    index.erase_older(SearchKind::ticket);
    CHECK(index.size() == 2);
    CHECK(index.find("ls", 1).hits.front().key == ticket(10));
    // The same name may be of several kinds, and names are given back.
    index.put({named(SearchKind::command, "张三"), {{SearchWeight::name, "李四"}}});
    CHECK(index.erase(named(SearchKind::owner, "张三")));
    CHECK(names_found(index, "lisi") == std::vector<std::string>{"张三"});
    put_names(index, {"王五"});
    CHECK(names_found(index, "ww") == std::vector<std::string>{"王五"});
    index.clear();
    CHECK(index.size() == 0);
    CHECK(index.find("", 9).hits.empty());
}

TEST_CASE("search: the desk's people, owners, units, tickets and clauses, and none of their phones") {
    TestDesk desk;
    desk.staffed();
    desk.clock("2026-02-13T12:00");
    auto const number = desk.complaint();
    DeskSearch search;
    auto const& index = search.index();
    auto const clauses = index.size();
    CHECK(clauses == all_clauses().size());
    TicketBook book;
    Result<RegistrySnapshot> registry;
    auto const update = [&](std::size_t budget) {
        registry = registry_snapshot(*desk);
        REQUIRE(registry);
        search.take(*registry);
        while (!book.follow(desk->database(), desk->projection().feed(), desk->now(), 100)) {
        }
        std::size_t steps = 1;
        while (!search.follow(book, budget)) ++steps;
        CHECK(search.follow(book, budget));
        return steps;
    };
    // Four people, an owner and a home, then a ticket.
    CHECK(update(2) == 4);
    CHECK(index.size() == clauses + 4 + 1 + 1 + 1);

    auto const first = [&](std::string_view query) {
        auto const hits = index.find(query, 1).hits;
        return hits.empty() ? SearchKey{} : hits.front().key;
    };
    auto const id_of = [&](Description const* kind, std::string_view text) {
        return *desk->find_record(kind, text, "");
    };
    CHECK(first("zs") == SearchKey{SearchKind::owner, *parse_id(desk.owner), {}});
    CHECK(first("lxy").kind == SearchKind::person);
    CHECK(first("M01") == SearchKey{SearchKind::person, id_of(&StaffMember::description, "M01"), {}});
    CHECK(first("gcb").kind == SearchKind::person);
    CHECK(first("3-502").kind == SearchKind::unit);
    CHECK(first("zs 3-502").kind == SearchKind::owner);
    CHECK(first("3-502 电梯") == SearchKey{SearchKind::ticket, id_of(&Ticket::description, number), {}});
    CHECK(first(number).kind == SearchKind::ticket);
    CHECK(first("rv-4.1") == named(SearchKind::clause, "RV-4.1"));
    CHECK(first("gen-2.1 youxianji") == named(SearchKind::clause, "GEN-2.1"));
    for (auto const* query : {"13812345678", "138", "5678", "****"}) CHECK(index.find(query, 9).hits.empty());

    // Another look: what is new and what has changed is there, what is void is gone, and uses stay.
    search.chosen(first("M01"));
    desk.does("void_record", "M01", {{"record", format_id(id_of(&Ticket::description, number))}, {"reason", "误登"}});
    auto const other = desk.complaint("2026-02-13T10:00", {{"category", "门禁"}});
    CHECK(update(1000) == 1);
    CHECK(index.find(number, 9).hits.empty());
    CHECK(first("menjin") == SearchKey{SearchKind::ticket, id_of(&Ticket::description, other), {}});
    CHECK(first("").kind == SearchKind::person);
    // Of many that wait, each step takes a few.
    for (int count = 0; count < 5; ++count) desk.complaint("2026-02-13T11:00");
    CHECK(update(2) == 6);
    // One that is taken while an earlier one is on its way stands for it.
    search.take(*registry);
    CHECK_FALSE(search.follow(book, 2));
    desk.does("add_staff", "M01", {{"code", "G09"}, {"name", "程新"}});
    update(1000);
    CHECK(first("程新").kind == SearchKind::person);
    CHECK(index.find("M01", 9).hits.size() == 1);
    // A book that begins anew, for another desk, leaves nothing of the old one.
    book.clear();
    CHECK(search.follow(book, 100));
    CHECK(first(other).kind != SearchKind::ticket);
    update(1000);
    CHECK(first(other).kind == SearchKind::ticket);
    // By the number that it had in another system.
    auto const old = desk.does("take_over_ticket", "G01",
                               {{"origin", "SR-77310"}, {"kind", "repair"}, {"words", "门坏了"}}, "2026-02-13T10:00");
    update(1000);
    CHECK(first("77310") == SearchKey{SearchKind::ticket, id_of(&Ticket::description, old), {}});
    // An erased owner is found no more.
    desk.does("erase_owner", "M01", {{"owner", desk.owner}, {"reason", "本人要求"}});
    update(1000);
    CHECK(index.find("张三", 9).hits.empty());
}

TEST_CASE("search: how often what was chosen is kept as a text, and holds again at the next start") {
    TestDesk desk;
    desk.staffed();
    auto const registry = registry_snapshot(*desk);
    REQUIRE(registry);
    auto const manager = SearchKey{SearchKind::person, *desk->find_record(&StaffMember::description, "M01", ""), {}};
    auto const clause = named(SearchKind::clause, "RV-4.1");
    auto const command = named(SearchKind::command, "dark");
    DeskSearch before;
    CHECK(before.uses().empty());
    TicketBook none;
    before.take(*registry);
    CHECK(before.follow(none, 1000));
    before.offer("dark", {"深色"});
    for (int times = 0; times < 3; ++times) before.chosen(clause);
    before.chosen(manager);
    before.chosen(command);
    before.chosen(command);
    auto const kept = before.uses();
    CHECK(kept.starts_with(std::to_string(static_cast<int>(SearchKind::clause)) + ":RV-4.1=3\n"));
    CHECK(std::count(kept.begin(), kept.end(), '\n') == 3);
    CHECK(kept.ends_with("=1\n"));

    // Some things are there before the text is given back, others come later, or a second time.
    DeskSearch after;
    after.offer("dark", {"深色"});
    after.restore_uses(kept);
    for (int times = 0; times < 2; ++times) {
        after.take(*registry);
        CHECK(after.follow(none, 1000));
    }
    CHECK(after.index().uses_of(clause) == 3);
    CHECK(after.index().uses_of(command) == 2);
    CHECK(after.index().uses_of(manager) == 1);
    CHECK(after.uses() == kept);
    after.chosen(clause);
    CHECK(after.index().uses_of(clause) == 4);
    CHECK(after.uses().find("RV-4.1=4\n") != std::string::npos);
    CHECK(after.index().find("", 1).hits.front().key == clause);
}

TEST_CASE("search: of what was chosen the most used two hundred are kept, and what is no such text does no harm") {
    DeskSearch search;
    for (int name = 0; name < 260; ++name)
        for (int times = 0; times <= name / 100; ++times)
            search.chosen(named(SearchKind::command, "c" + std::to_string(name)));
    auto const kept = search.uses();
    CHECK(std::count(kept.begin(), kept.end(), '\n') == 200);
    for (int name = 100; name < 260; ++name) CHECK(kept.find(":c" + std::to_string(name) + "=") != std::string::npos);

    for (auto const* text : {"", "\n\n", "=", "=5", "4:RV-4.1", "4:RV-4.1=", "4:RV-4.1=zero", "RV-4.1=7", "4=7", "4:=7",
                             ":RV-4.1=7", "x:RV-4.1=7", "4:RV-4.1=0", "4:RV-4.1=-", "9:RV-4.1=7"}) {
        CAPTURE(text);
        DeskSearch other;
        other.restore_uses(text);
        CHECK(other.uses().empty());
        CHECK(other.index().uses_of(named(SearchKind::clause, "RV-4.1")) == 0);
    }
    DeskSearch bounded;
    bounded.restore_uses("0:" + std::string(500, 'x') + "=7\n0:none=99999999\n0:last=3");
    CHECK(bounded.uses() == "0:none=999999\n0:last=3\n");
    // What was known before gives way to what is given back, but nothing in the index is forgotten.
    bounded.restore_uses("0:last=2\n");
    CHECK(bounded.uses() == "0:last=2\n");
    std::string many;
    for (int name = 0; name < 5000; ++name) many += "0:n" + std::to_string(name) + "=1\n";
    bounded.restore_uses(many);
    auto const of_many = bounded.uses();
    CHECK(std::count(of_many.begin(), of_many.end(), '\n') == 200);
}
