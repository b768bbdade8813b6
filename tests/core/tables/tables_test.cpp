#include "core/base/text.h"
#include "core/tables/moment.h"
#include "tests/core/support.h"
#include "tests/core/tables/reading.h"

using namespace guanjia;
using namespace guanjia::testing;

TEST_CASE("A CSV file is divided as RFC 4180 has it, whatever ends its lines") {
    CHECK(rows_of("a,b\nc,d\n") == "a|b/c|d");
    CHECK(rows_of("a,b\r\nc,d") == "a|b/c|d");
    CHECK(rows_of("a,b\rc,d\r") == "a|b/c|d");
    CHECK(rows_of("a,\"b,\"\"c\"\"\nd\"\n1,2\n") == "a|b,\"c\"\nd/1|2");
    CHECK(rows_of("a,b\n\n,\n1,\n") == "a|b/1|");  // rows of nothing are left out
    CHECK(rows_of("a,5\" pipe\nb,c") == "a|5\" pipe/b|c");
    CHECK(rows_of("\xEF\xBB\xBF房号,姓名\n3-502, 张三 ") == "房号|姓名/3-502|张三");
}

TEST_CASE("The rows keep the numbers that a spreadsheet shows") {
    auto const reader = read_to_the_end("a,b\n\n\nc,d\n");
    REQUIRE(reader);
    CHECK(reader->table().number(0) == 1);
    CHECK(reader->table().number(1) == 4);
}

TEST_CASE("The delimiter is found by what divides the rows alike") {
    CHECK(rows_of("a\tb,x\nc\td,y\n") == "a|b,x/c|d,y");
    CHECK(rows_of("a;b\nc;d,e\n") == "a|b/c|d,e");
    CHECK(rows_of("a|b\n1|2\n") == "a|b/1|2");
    CHECK(rows_of("sep=;\na;b,c\n") == "a|b,c");
    CHECK(rows_of("one\ntwo\n") == "one/two");
}

TEST_CASE("Text coded as GBK or UTF-16 is read like UTF-8") {
    CHECK(rows_of("\xB7\xBF\xBA\xC5,\xD0\xD5\xC3\xFB\n3-502,\xD5\xC5\xC8\xFD\n") == "房号|姓名/3-502|张三");
    CHECK(rows_of({"\xFF\xFE\x3F\x62\x09\x00\x61\x00\x0A\x00\x2C\x7B\x09\x00\x62\x00", 16}) == "房|a/第|b");
    CHECK(rows_of({"\xFE\xFF\x62\x3F\x00\x2C\x00\x61", 8}) == "房|a");
    // With the delimiter told in a line before.
    CHECK(rows_of({"\xFF\xFEs\0e\0p\0=\0;\0\n\0\x3F\x62;\0a\0", 20}) == "房|a");
    CHECK(rows_of({"\xFE\xFF\0s\0e\0p\0=\0;\0\n\x62\x3F\0;\0a", 20}) == "房|a");
    // 𠮷 has four bytes in GB 18030.
    CHECK(rows_of("\xB7\xBF,\x95\x34\xB2\x35\n") == "房|𠮷");
    auto const reader = read_to_the_end("\xB7\xBF\xBA\xC5\n1\n");
    REQUIRE(reader);
    CHECK(reader->format() == "GBK");
}

TEST_CASE("A long GBK file is read in pieces without harm to its characters") {
    std::string bytes, expected;
    for (auto row = 0; row < 60'000; ++row) {
        if (row > 0) expected += '/';
        bytes += "\xB7\xBF\xBA\xC5,\xD5\xC5\xC8\xFD\n";
        expected += "房号|张三";
    }
    CHECK(rows_of(bytes) == expected);
}

TEST_CASE("What is no table is refused with its reason") {
    CHECK(rows_of("") == "table.empty");
    CHECK(rows_of("\n\n,,\n") == "table.empty");
    CHECK(rows_of("a,\"b\nc,d\n") == "table.quote-open");
    CHECK(rows_of(std::string{"a\0b", 3}) == "table.not-a-table");
    CHECK(rows_of("\xD0\xCF\x11\xE0 old") == "table.old-workbook");
    CHECK(rows_of("PK\x03\x04 nothing") == "table.damaged");
    CHECK(rows_of(std::string(table_columns_limit + 1, ',') + "x") == "table.too-wide");
    CHECK(rows_of(std::string(table_columns_limit - 1, ',') + "x").ends_with("|x"));
    CHECK(rows_of("a," + std::string(table_cell_limit + 1, 'x')) == "table.cell-too-long");
    CHECK(rows_of("a," + std::string(table_cell_limit, 'x')).size() == table_cell_limit + 2);
    std::string many;
    for (std::size_t row = 0; row <= table_rows_limit; ++row) many += "x\n";
    CHECK(rows_of(many) == "table.too-many-rows");
    CHECK(rows_of(many.substr(2)).size() == table_rows_limit * 2 - 1);
}

TEST_CASE("A workbook's cells are what they show") {
    auto const rows =
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v></c></row>"
        "<row r=\"3\"><c r=\"A3\"><v>13812345678</v></c><c r=\"B3\" s=\"1\"><v>46349</v></c><c r=\"C3\" "
        "s=\"2\"><v>46349.375</v></c><c r=\"D3\" s=\"3\"><v>0.1</v></c><c r=\"E3\" t=\"b\"><v>1</v></c><c r=\"F3\" "
        "t=\"str\"><f>1+1</f><v>二</v></c></row>";
    auto const shared = "<si><t>房号</t></si><si><r><t>姓</t></r><r><t>名</t></r><rPh><t>xingming</t></rPh></si>";
    auto const bytes = stored_zip(workbook_parts(rows, shared));
    CHECK(rows_of(bytes) == "房号||姓名|||/13812345678|2026-11-23|2026-11-23T09:00|0.1|TRUE|二");
    CHECK(rows_of(bytes, 1) == "second");
    CHECK(rows_of(bytes, 2) == "table.no-such-sheet");
    auto const reader = read_to_the_end(bytes);
    REQUIRE(reader);
    CHECK(reader->format() == "XLSX");
    CHECK(reader->sheets() == std::vector<std::string>{"工单", "二"});
    CHECK(reader->table().number(1) == 3);
}

TEST_CASE("A workbook that counts its days from 1904 shows the same days") {
    auto const rows = "<row><c s=\"1\"><v>44887</v></c></row>";
    CHECK(rows_of(stored_zip(workbook_parts(rows, {}, "<workbookPr date1904=\"1\"/>"))) == "2026-11-23");
}

TEST_CASE("Cells of nothing take their place as well") {
    Table table;
    std::string const longest(table_cell_limit, 'x');
    std::string reason;
    std::size_t cells = 0;
    // Room for one more such text is left, and filled by places of nothing.
    auto const texts = table_bytes_limit / table_cell_limit - 1;
    for (std::uint32_t row = 1; reason.empty(); ++row) {
        for (std::size_t column = 0; column < table_columns_limit && reason.empty(); ++column, ++cells)
            if (auto const added = table.add_cell(cells < texts ? std::string_view{longest}
                                                  : column == 0 ? "x"
                                                                : "");
                !added)
                reason = added.error().reason;
        if (reason.empty()) REQUIRE(table.end_row(row));
    }
    CHECK(reason == "table.too-large");
    CHECK(cells * sizeof(std::uint32_t) <= table_cell_limit + sizeof(std::uint32_t));
}

TEST_CASE("A workbook that means harm is refused") {
    auto parts = workbook_parts("<row><c><v>1</v></c></row>");
    auto bomb = parts;
    bomb[4].second = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><worksheet>&b;</worksheet>";
    CHECK(rows_of(stored_zip(bomb)) == "table.damaged");
    auto deep = parts;
    deep[4].second = "<worksheet>";
    for (auto level = 0; level < 10'000; ++level) deep[4].second += "<a>";
    CHECK(rows_of(stored_zip(deep)) == "table.damaged");
    auto wide = parts;
    wide[4].second = "<worksheet><row><c r=\"ZZZ1\"><v>1</v></c></row></worksheet>";
    CHECK(rows_of(stored_zip(wide)) == "table.too-wide");
    auto backwards = parts;
    backwards[4].second = "<worksheet><row><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row></worksheet>";
    CHECK(rows_of(stored_zip(backwards)) == "table.damaged");
    auto const whole = stored_zip(parts);
    CHECK(rows_of(whole) == "1");
    auto broken = whole;
    broken[broken.find("<v>1") + 3] = '2';  // the checksum is not that of what is there
    CHECK(rows_of(broken) == "table.damaged");
    CHECK(rows_of(whole.substr(0, whole.size() - 30)) == "table.damaged");
    CHECK(rows_of(stored_zip({{"a.txt", "x"}})) == "table.not-a-workbook");
}

TEST_CASE("Days and times are read as other programs write them") {
    auto const read = [](std::string_view text, DateOrder order = DateOrder::unknown) {
        auto const moment = read_moment(text, order);
        return moment ? format_time(*moment) : std::string{};
    };
    CHECK(read("2020-02-17 12:19:00") == "2020-02-17T12:19");
    CHECK(read("2020/2/7 9:05") == "2020-02-07T09:05");
    CHECK(read("2020年2月17日 下午3:05") == "2020-02-17T15:05");
    CHECK(read("02/17/2020 12:19:00 PM") == "2020-02-17T12:19");
    CHECK(read("02/17/2020 12:19:00 AM") == "2020-02-17T00:19");
    CHECK(read("17.2.2020 9:05") == "2020-02-17T09:05");
    CHECK(read("03/04/2020", DateOrder::month_first) == "2020-03-04T00:00");
    CHECK(read("03/04/2020", DateOrder::day_first) == "2020-04-03T00:00");
    CHECK(read("20200217") == "2020-02-17T00:00");
    CHECK(read("17-Feb-2020") == "2020-02-17T00:00");
    CHECK(read("Feb 17, 2020 3:05 pm") == "2020-02-17T15:05");
    CHECK(read("2020-02-17T12:19:00Z") == "2020-02-17T12:19");
    CHECK(read("２０２０－０２－１７") == "2020-02-17T00:00");
    for (auto const* wrong : {"", "soon", "2020-02-30", "13/13/2020", "2020-02-17 25:00", "17/2", "99999999999"})
        CHECK(read(wrong).empty());
    CHECK(order_told_by("13/02/2020") == DateOrder::day_first);
    CHECK(order_told_by("02/13/2020") == DateOrder::month_first);
    CHECK(order_told_by("02/03/2020") == DateOrder::unknown);
    CHECK(order_told_by("2020-02-13") == DateOrder::unknown);
}

TEST_CASE("A cell of CSV comes back as it was") {
    for (auto const* text : {"plain", "a,b", "say \"so\"", "two\nlines", "", "；"})
        CHECK(rows_of("x," + csv_cell(text) + "\n") == "x|" + std::string{text});
}
