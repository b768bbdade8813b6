#include "tests/core/tables/reading.h"

#include <zlib.h>

namespace guanjia::testing {

namespace {

void put(std::string& to, std::uint32_t value, int bytes) {
    for (auto index = 0; index < bytes; ++index) to += static_cast<char>(value >> (8 * index) & 0xFFU);
}

}  // namespace

std::string stored_zip(ZipParts const& parts) {
    std::string zip, directory;
    for (auto const& [name, content] : parts) {
        auto const size = static_cast<std::uint32_t>(content.size());
        auto const sum = static_cast<std::uint32_t>(
            crc32(0, reinterpret_cast<unsigned char const*>(content.data()), static_cast<unsigned>(content.size())));
        auto const at = static_cast<std::uint32_t>(zip.size());
        std::string head;
        put(head, 20, 2);  // version
        put(head, 0, 2);   // flags
        put(head, 0, 2);   // stored
        put(head, 0, 4);   // time
        put(head, sum, 4);
        put(head, size, 4);
        put(head, size, 4);
        put(head, static_cast<std::uint32_t>(name.size()), 2);
        put(head, 0, 2);
        zip += "PK\x03\x04" + head + name + content;
        directory += "PK\x01\x02";
        put(directory, 20, 2);
        directory += head;
        put(directory, 0, 2);  // comment
        put(directory, 0, 2);  // disk
        put(directory, 0, 2);
        put(directory, 0, 4);
        put(directory, at, 4);
        directory += name;
    }
    auto const start = static_cast<std::uint32_t>(zip.size());
    zip += directory + "PK\x05\x06";
    put(zip, 0, 4);
    put(zip, static_cast<std::uint32_t>(parts.size()), 2);
    put(zip, static_cast<std::uint32_t>(parts.size()), 2);
    put(zip, static_cast<std::uint32_t>(directory.size()), 4);
    put(zip, start, 4);
    put(zip, 0, 2);
    return zip;
}

ZipParts workbook_parts(std::string const& rows, std::string const& shared, std::string const& properties) {
    return {
        {"xl/workbook.xml", "<?xml version=\"1.0\"?><workbook>" + properties +
                                "<sheets><sheet name=\"隐\" state=\"hidden\" r:id=\"r9\"/><sheet name=\"工单\" "
                                "r:id=\"r1\"/><sheet name=\"二\" r:id=\"r2\"/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" "
         "Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>"},
        {"xl/styles.xml",
         "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d "
         "h:mm\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf "
         "numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"2\"/></cellXfs></styleSheet>"},
        {"xl/sharedStrings.xml", "<sst>" + shared + "</sst>"},
        {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"},
        {"xl/worksheets/sheet2.xml",
         "<worksheet><sheetData><row r=\"1\"><c "
         "t=\"inlineStr\"><is><t>second</t></is></c></row></sheetData></worksheet>"},
    };
}

}  // namespace guanjia::testing
