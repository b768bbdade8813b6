#include <filesystem>
#include <fstream>

#include "core/base/strings.h"
#include "core/exchange/slice.h"
#include "core/store/archive.h"
#include "core/store/records.h"
#include "tests/core/support.h"

using namespace guanjia;
using testing::TestDesk;

namespace {

constexpr Incarnation own = 0x0123456789abcdef;

Entry sample_entry() {
    Entry entry;
    entry.incarnation = own;
    entry.number = 7;
    entry.ticks = 123456789;
    entry.occurred_at = testing::time_at("2026-02-13T09:00");
    entry.recorded_at = testing::time_at("2026-02-13T09:01");
    entry.person = {own, 4096};
    entry.command = "register_ticket";
    entry.clauses = {"GEN-2.1"};
    entry.facts = {
        {41, {{1, std::string{"TS-1"}}, {7, std::string{"张三"}, true}, {13, std::int64_t{-5}}, {5, AnyId{9, 8192}}}}};
    entry.changes = {{23, {own, 4097}, {2, std::string{"138"}, true}, {99, own}},
                     {23, {9, 1}, {1, Value{}, true}, {98, 9}}};
    return entry;
}

RandomSource counting() {
    return [state = std::uint64_t{0}]() mutable { return ++state; };
}

struct TemporaryFile {
    std::string path = (std::filesystem::temp_directory_path() / "guanjia-store-test.gjdb").string();
    TemporaryFile() { std::filesystem::remove(path); }
    ~TemporaryFile() { std::filesystem::remove(path); }
};

}  // namespace

TEST_CASE("an entry is read as it was written, with its personal values beside it") {
    auto const entry = sample_entry();
    auto const bytes = encode_entry(entry, counting());
    CHECK(bytes.body.find("张三") == std::string::npos);
    CHECK(bytes.personal.find("张三") != std::string::npos);
    auto const read = decode_entry(own, bytes.body, bytes.personal);
    REQUIRE(read);
    CHECK(read->facts == entry.facts);
    CHECK(read->changes[0] == entry.changes[0]);
    CHECK(read->command == entry.command);
    CHECK(read->person == entry.person);
    CHECK(read->occurred_at == entry.occurred_at);
}

TEST_CASE("personal values are erased by place and the body stays") {
    auto const bytes = encode_entry(sample_entry(), counting());
    auto const rest = erase_personal(own, bytes.body, bytes.personal, {{false, 0, 7}});
    CHECK(rest.find("张三") == std::string::npos);
    auto const read = decode_entry(own, bytes.body, rest);
    REQUIRE(read);
    CHECK(is_empty(read->facts[0].fields[1].value));
    CHECK(std::get<std::string>(read->changes[0].value.value) == "138");
    // Another value under the same digest is found out, and so is one too few.
    auto altered = bytes.personal;
    altered.back() = static_cast<char>(altered.back() ^ 1);
    CHECK(decode_entry(own, bytes.body, altered).error().reason == "archive.personal-altered");
    CHECK(decode_entry(own, bytes.body, "").error().reason == "archive.personal-altered");
}

TEST_CASE("an entry that is cut or changed anywhere never reads beyond itself") {
    auto const bytes = encode_entry(sample_entry(), counting());
    for (std::size_t size = 0; size < bytes.body.size(); ++size)
        CHECK_FALSE(decode_entry(own, bytes.body.substr(0, size), bytes.personal));
    for (std::size_t place = 0; place < bytes.body.size(); ++place)
        for (int bit = 0; bit < 8; ++bit) {
            auto changed = bytes.body;
            changed[place] = static_cast<char>(changed[place] ^ (1 << bit));
            auto const read = decode_entry(own, changed, bytes.personal);
            if (!read) CHECK(has_sentence("refusal." + read.error().reason));
        }
    auto newer = bytes.body;
    newer[0] = 2;
    CHECK(decode_entry(own, newer, bytes.personal).error().reason == "archive.newer-format");
    CHECK_FALSE(decode_entry(own, std::string(entry_body_limit + 1, '\0'), ""));
}

TEST_CASE("numbers have one way to be written and sizes are bounded by what is left") {
    std::string bytes;
    BoundedOutput out{bytes};
    for (auto const number : {std::int64_t{0}, std::int64_t{-1}, INT64_MAX, INT64_MIN}) out.put_signed(number);
    BoundedInput in{bytes};
    for (auto const number : {std::int64_t{0}, std::int64_t{-1}, INT64_MAX, INT64_MIN})
        CHECK(in.signed_number() == number);
    CHECK(in.left() == 0);
    CHECK_THROWS_AS(BoundedInput{std::string_view("\x80\x00", 2)}.number(), cereal::Exception);
    CHECK_THROWS_AS(BoundedInput{"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02"}.number(), cereal::Exception);
    std::string text;
    // Ten bytes that promise two gigabytes.
    CHECK_THROWS_AS(BoundedInput{std::string_view("\x80\x80\x80\x80\x08xxxxx", 10)}(text), cereal::Exception);
    CHECK_THROWS_AS(BoundedInput{std::string_view("\x05xx", 3)}(text), cereal::Exception);
    std::uint16_t small = 0;
    CHECK_THROWS_AS(BoundedInput{std::string_view("\x80\x80\x04", 3)}(small), cereal::Exception);
}

TEST_CASE("entities and fields of a newer peer are kept as they came, handed on, and applied after an upgrade") {
    TestDesk desk;
    desk.staffed();
    // As a newer program would write it: a kind that we do not know, and a field of units that we do not know.
    Entry entry;
    entry.incarnation = desk->identity().incarnation;
    entry.number = 11;
    entry.ticks = desk->journal().last_ticks() + 1;
    entry.occurred_at = entry.recorded_at = desk->now();
    entry.command = "park_car";
    entry.clauses = {"PARK-1"};
    entry.facts = {{400, {{1, std::string{"粤B12345"}}}}, {22, {{1, std::string{"9-901"}}, {77, std::int64_t{3}}}}};
    entry.changes = {{400, entry.id_of(0), {1, std::string{"粤B54321"}}, entry.stamp()}};
    auto const bytes = encode_entry(entry, counting());
    desk->journal().append(entry, bytes, chain_next(*desk->journal().hash_of(entry.incarnation, 10), bytes.body));
    desk->projection().apply(entry);
    desk->projection().derive();
    REQUIRE(desk->refresh());
    desk.does("add_unit", "G01", {{"code", "9-902"}});
    CHECK(desk.ask("units", "code") == std::vector<std::string>{"3-502", "9-901", "9-902"});

    TestDesk other{2, "SZ01", 5};
    REQUIRE(other.take(desk.slice()));
    CHECK(other->tables_digest() == desk->tables_digest());
    std::ostringstream handed_on;
    REQUIRE(export_range(*other, entry.incarnation, {1, 0}, handed_on));
    CHECK(handed_on.str() == desk.slice());

    // The upgraded program knows cars.
    struct Car {
        std::string plate;
    };
    static constexpr Field car_fields[] = {GUANJIA_FIELD(Car, 1, plate, attribute)};
    static constexpr Description car{400, "car", car_fields};
    auto schema = desk_schema();
    schema.descriptions.push_back(&car);
    CHECK(schema.fingerprint() != desk_schema().fingerprint());
    Projection upgraded{other->database(), schema};
    upgraded.drop_tables();
    upgraded.create_tables();
    std::int64_t position = 0;
    for (auto const& row : other->journal().read_after(position, 1000))
        upgraded.apply(*decode_entry(row.incarnation, row.bytes.body, row.bytes.personal));
    auto cars = other->database().prepare("SELECT plate FROM car");
    REQUIRE(cars.step());
    CHECK(cars.text(0) == "粤B54321");
}

TEST_CASE("a database that is another program's, newer or damaged is refused with a sentence") {
    TemporaryFile file;
    TestDesk::Fields const none;
    Desk::Options const options;
    CHECK(Desk::open(file.path, options).error().reason == "store.unreadable");
    std::ofstream{file.path}
        << "这不是数据库，只是一段文字，长到足以被读作文件头。这不是数据库，只是一段文字，长到足以被读作文件头。";
    CHECK(Desk::open(file.path, options).error().reason == "store.damaged");
    std::filesystem::remove(file.path);
    {
        Database database{file.path, Database::Mode::create};
        database.execute("CREATE TABLE something(else_entirely)");
    }
    CHECK(Desk::open(file.path, options).error().reason == "store.not-ours");
    std::filesystem::remove(file.path);
    REQUIRE(Desk::create(file.path, {0, "SZ01", "天下城", 1, false}, options));
    CHECK(Desk::create(file.path, {0, "SZ01", "天下城", 1, false}, options).error().reason == "store.exists");
    {
        Database database{file.path, Database::Mode::open};
        database.execute("PRAGMA user_version = 999");
    }
    CHECK(Desk::open(file.path, options).error().reason == "store.newer");
}

TEST_CASE("what was saved is there after the desk is opened again, and changed descriptions rebuild the tables") {
    TemporaryFile file;
    {
        auto desk = std::move(*Desk::create(file.path, {0, "SZ01", "天下城", 1, false}, {}));
        REQUIRE(desk->submit({"add_staff", "", "", {{"code", "M01"}, {"name", "陈"}}}));
        REQUIRE(desk->submit({"grant_role", "", "", {{"staff", "M01"}, {"role", "manager"}}}));
    }
    Hash digest;
    {
        auto desk = std::move(*Desk::open(file.path, {}));
        REQUIRE(desk->submit({"add_unit", "M01", "", {{"code", "1-1"}}}));
        digest = desk->tables_digest();
        // As an older program would have left it.
        desk->journal().set_meta("fingerprint", "older");
        desk->database().execute("DROP TABLE unit; CREATE TABLE left_over(x)");
    }
    auto desk = std::move(*Desk::open(file.path, {}));
    CHECK(desk->tables_digest() == digest);
    CHECK((*desk->check()).sound);
}

TEST_CASE("check finds what is wrong") {
    TestDesk desk;
    desk.staffed();
    CHECK((*desk->check()).sound);
    desk->database().execute("UPDATE unit SET building = '9'");
    CHECK((*desk->check()).findings == std::vector<std::string>{"tables"});
    REQUIRE(desk->rebuild());
    CHECK((*desk->check()).sound);
    desk->database().execute("UPDATE base_journal SET hash = zeroblob(32) WHERE number = 5");
    CHECK((*desk->check()).findings.front().find("chain ") == 0);
}

TEST_CASE("a full disk refuses the command, says so, and loses nothing") {
    TemporaryFile file;
    auto desk = std::move(*Desk::create(file.path, {0, "SZ01", "天下城", 1, false}, {}));
    REQUIRE(desk->submit({"add_staff", "", "", {{"code", "M01"}, {"name", "陈"}}}));
    REQUIRE(desk->submit({"grant_role", "", "", {{"staff", "M01"}, {"role", "manager"}}}));
    // No page more than there are.
    auto const pages = desk->database().integer("PRAGMA page_count");
    desk->database().integer("PRAGMA max_page_count = " + std::to_string(pages));
    auto accepted = desk->submit({"add_unit", "M01", "", {{"code", "0"}}});
    int count = 0;
    while (accepted && ++count < 1000)
        accepted = desk->submit({"add_unit", "M01", "", {{"code", std::to_string(count)}}});
    REQUIRE_FALSE(accepted);
    CHECK(accepted.error().reason == "store.full");
    desk->database().integer("PRAGMA max_page_count = 1000000");
    CHECK((*desk->check()).sound);
    CHECK(desk->journal().count() == 2u + static_cast<unsigned>(count));
    REQUIRE(desk->submit({"add_unit", "M01", "", {{"code", "again"}}}));
    CHECK((*desk->check()).sound);
}

TEST_CASE("two programs that write to one file take turns and give out no number twice") {
    TemporaryFile file;
    auto one = std::move(*Desk::create(file.path, {0, "SZ01", "天下城", 1, false}, {}));
    REQUIRE(one->submit({"add_staff", "", "", {{"code", "M01"}, {"name", "陈"}}}));
    REQUIRE(one->submit({"grant_role", "", "", {{"staff", "M01"}, {"role", "manager"}}}));
    auto two = std::move(*Desk::open(file.path, {}));
    for (int round = 0; round < 5; ++round) {
        REQUIRE(one->submit({"add_unit", "M01", "", {{"code", "1-" + std::to_string(round)}}}));
        REQUIRE(two->submit({"add_unit", "M01", "", {{"code", "2-" + std::to_string(round)}}}));
    }
    CHECK(two->submit({"add_unit", "M01", "", {{"code", "1-4"}}}).error().reason == "unit.code-taken");
    REQUIRE(
        one->submit({"set_parameter", "M01", "", {{"name", "recurring_days"}, {"value", "30"}, {"reason", "试行"}}}));
    REQUIRE(two->submit({"add_unit", "M01", "", {{"code", "3-1"}}}));
    CHECK(two->projection().rules().parameters().history(Parameter::recurring_days).size() == 1);
    CHECK(one->journal().count() == 14);
    CHECK((*one->check()).sound);
}

TEST_CASE("GEN-S5 a parameter whose change could not be written is as it was, in memory too") {
    TestDesk desk;
    desk.staffed();
    desk.does("register_ticket", "G01",
              {{"kind", "repair"}, {"priority", "normal"}, {"words", "漏水"}, {"unit", "3-502"}});
    auto const days = [&] {
        return desk->projection().rules().parameters().at(*find_parameter("solution_normal"),
                                                          add_days(date_of(desk->now()), 400));
    };
    auto const before = days();
    // What the change asks to be derived anew cannot be: after the rules have been taken up.
    desk->database().execute(
        "CREATE TEMP TRIGGER stop BEFORE INSERT ON ticket_state BEGIN SELECT RAISE(ABORT, 'stop'); END");
    TestDesk::Fields const change{
        {"name", "solution_normal"}, {"value", std::to_string(before + 2)}, {"reason", "试行"}};
    CHECK_FALSE(desk.try_to("set_parameter", "M01", change));
    CHECK(days() == before);
    desk->database().execute("DROP TRIGGER stop");
    REQUIRE(desk.try_to("set_parameter", "M01", change));
    CHECK(desk->check()->sound);
}
