// The figures of the engine. Each has its peer in the same run, interleaved, or is printed beside the time of a fixed
// calculation that says how fast this machine is.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/desk/handover.h"
#include "tests/bench/search_bench.h"
#include "tests/bench/support.h"
#include "tests/bench/town.h"

namespace {

using namespace guanjia;
using namespace guanjia::bench;

// The life of complaints and repairs: six commands each, a thousand units.
class Work {
public:
    Work(Desk& desk, Machine& machine) : desk_{desk}, machine_{machine} {
        must(desk.submit({"add_staff", "", "", {{"code", "M01"}, {"name", "陈经理"}}}));
        must(desk.submit({"grant_role", "", "", {{"staff", "M01"}, {"role", "manager"}}}));
        must(desk.submit({"add_staff", "M01", "", {{"code", "G01"}, {"name", "林小雨"}}}));
        must(desk.submit({"grant_role", "M01", "", {{"staff", "G01"}, {"role", "butler"}}}));
        for (int unit = 0; unit < 1000; ++unit)
            must(desk.submit(
                {"add_unit", "G01", "", {{"code", std::to_string(unit / 100 + 1) + "栋" + std::to_string(unit)}}}));
    }

    void commands(std::size_t count) {
        for (std::size_t index = 0; index < count; ++index, ++done_) {
            auto const unit = done_ / 6 * 7919 % 1000;
            machine_.wall += 30'000;
            switch (done_ % 6) {
                case 0:
                    must(desk_.submit({"record_reception",
                                       "G01",
                                       "",
                                       {{"channel", "visit"}, {"need", "电梯半夜有异响，请派人来看一下"}}}));
                    break;
                case 1: {
                    auto const accepted =
                        desk_.submit({"register_ticket",
                                      "G01",
                                      "",
                                      {{"kind", "complaint"},
                                       {"priority", "normal"},
                                       {"words", "电梯半夜咯吱咯吱响，整晚睡不着，已经三天了"},
                                       {"wish", "请厂家来检修"},
                                       {"category", "电梯" + std::to_string(done_)},
                                       {"unit", std::to_string(unit / 100 + 1) + "栋" + std::to_string(unit)}}});
                    must(accepted);
                    ticket_ = format_id(accepted->added.front().id);
                    break;
                }
                case 2:
                    must(desk_.submit({"own_complaint",
                                       "G01",
                                       "",
                                       {{"ticket", ticket_},
                                        {"responsible", "G01"},
                                        {"explanation", "向您致歉"},
                                        {"remedy", "更换导靴"}}}));
                    break;
                case 3:
                    must(desk_.submit(
                        {"record_contact",
                         "G01",
                         "",
                         {{"ticket", ticket_}, {"channel", "phone"}, {"summary", "已告知厂家明天上午到场"}}}));
                    break;
                case 4:
                    must(desk_.submit(
                        {"close_ticket",
                         "G01",
                         "",
                         {{"ticket", ticket_}, {"cause", "导靴磨损"}, {"solution", "更换导靴并润滑导轨"}}}));
                    break;
                default:
                    must(desk_.submit({"record_return_visit",
                                       by_,
                                       "",
                                       {{"ticket", ticket_},
                                        {"method", "phone"},
                                        {"solved", "true"},
                                        {"satisfaction", "satisfied"}}}));
            }
        }
    }

private:
    Desk& desk_;
    Machine& machine_;
    std::size_t done_ = 0;
    std::string ticket_;
    std::string by_ = "G01";
};

// Every row that the commands left, table by table, into a database of the same tables and indexes: one transaction for
// as many rows as a command wrote.
double plain_inserts(Database& from, std::string const& path, std::size_t transactions) {
    std::filesystem::remove(path);
    Database to{path, Database::Mode::create, Database::Durability::none};
    struct Table {
        std::string insert;
        std::string select;
        std::int64_t rows;
    };
    std::vector<Table> tables;
    {
        auto schema =
            from.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
        while (schema.step()) {
            to.execute(std::string{schema.text(1)});
            std::string const name{schema.text(0)};
            auto const rows = from.integer("SELECT count(*) FROM " + name);
            if (rows == 0) continue;
            auto const columns = from.integer("SELECT count(*) FROM pragma_table_info('" + name + "')");
            std::string places = "?";
            for (std::int64_t column = 1; column < columns; ++column) places += ",?";
            tables.push_back({"INSERT INTO " + name + " VALUES(" + places + ")", "SELECT * FROM " + name, rows});
        }
        auto indexes = from.prepare("SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL");
        while (indexes.step()) to.execute(std::string{indexes.text(0)});
    }
    // Read beforehand, so that only inserting is measured.
    struct Row {
        std::size_t table;
        std::vector<Value> values;
        std::vector<bool> blob;
    };
    std::vector<std::vector<Row>> batches(transactions);
    for (std::size_t table = 0; table < tables.size(); ++table) {
        auto rows = from.prepare(tables[table].select);
        for (std::int64_t index = 0; rows.step(); ++index) {
            Row row{table, {}, {}};
            for (int column = 0; column < rows.columns(); ++column) {
                auto const bytes = std::string{rows.blob(column)};
                row.blob.push_back(rows.is_blob(column));
                if (rows.is_null(column)) row.values.emplace_back();
                else if (rows.is_integer(column)) row.values.emplace_back(rows.integer(column));
                else row.values.emplace_back(bytes);
            }
            auto const batch =
                static_cast<std::size_t>(index) * transactions / static_cast<std::size_t>(tables[table].rows);
            batches[batch].push_back(std::move(row));
        }
    }
    return measure([&] {
        for (auto const& batch : batches) {
            Transaction transaction{to};
            for (auto const& row : batch) {
                auto insert = to.prepare(tables[row.table].insert);
                for (std::size_t column = 0; column < row.values.size(); ++column) {
                    if (row.blob[column]) insert.bind_blob(std::get<std::string>(row.values[column]));
                    else insert.bind(row.values[column]);
                }
                insert.run();
            }
            transaction.commit();
        }
    });
}

double calibration() {
    std::string const block(1 << 20, 'x');
    return measure([&] {
        for (int index = 0; index < 64; ++index) hash_of(block);
    });
}

}  // namespace

int main(int count, char** words) {
    // For the page's figures (tests/bench/web/large.mjs): town TICKETS FILE NOW; fingerprint, of what such a file
    // holds.
    if (count > 1 && std::string_view{words[1]} == "fingerprint") {
        std::puts(desk_schema().fingerprint().c_str());
        return 0;
    }
    if (count > 4 && std::string_view{words[1]} == "town") {
        auto const now = parse_time(words[4]);
        if (!now) return 2;
        write_town(std::stoul(words[2]), *now, words[3]);
        return 0;
    }
    std::printf("calibration: BLAKE2b of 64 MiB in %.3f s\n", calibration());
    std::string_view const what = count > 1 ? words[1] : "";
    if (what == "book") {
        bench_book(count > 2 ? std::stoul(words[2]) : 100'000);
        return 0;
    }
    search_figures();
    if (what == "search") return 0;
    std::size_t const commands = count > 1 ? std::stoul(words[1]) : 20'000;
    std::size_t const entries = count > 2 ? std::stoul(words[2]) : 1'000'000;
    auto const folder = std::filesystem::temp_directory_path() / "guanjia-bench";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    auto const file = [&](char const* name) { return (folder / name).string(); };

    {
        std::vector<double> ours;
        std::vector<double> plain;
        std::vector<double> ratios;
        double bytes = 0;
        for (int run = 0; run < 5; ++run) {
            std::filesystem::remove(file("commands.gjdb"));
            Machine machine;
            auto desk = make_desk(machine, file("commands.gjdb"));
            Work work{*desk, machine};
            auto const before =
                desk->database().integer("SELECT sum(length(body) + length(personal)) FROM base_journal");
            ours.push_back(measure([&] { work.commands(commands); }));
            bytes = static_cast<double>(
                        desk->database().integer("SELECT sum(length(body) + length(personal)) FROM base_journal") -
                        before) /
                    static_cast<double>(commands);
            plain.push_back(plain_inserts(desk->database(), file("plain.gjdb"), commands));
            ratios.push_back(plain.back() / ours.back());
        }
        std::printf(
            "commands: %.0f per second with journal and projections; plain inserts of the same rows: %.0f per second; "
            "ratio %.2f (goal >= 0.30)\n",
            static_cast<double>(commands) / median(ours), static_cast<double>(commands) / median(plain),
            median(ratios));
        std::printf("journal: %.0f bytes per command\n", bytes);
    }

    Machine machine;
    auto desk = make_desk(machine, file("large.gjdb"));
    Work work{*desk, machine};
    auto const writing = measure([&] { work.commands(entries - 1004); });
    auto const all = desk->journal().count();
    std::printf("writing %llu entries: %.1f s\n", static_cast<unsigned long long>(all), writing);
    auto const digest = desk->tables_digest();
    auto const rebuilding = measure([&] {
        auto const rebuilt = desk->rebuild([](std::uint64_t done, std::uint64_t whole) {
            if (done % 200'000 == 0)
                std::fprintf(stderr, "rebuild %llu / %llu\n", static_cast<unsigned long long>(done),
                             static_cast<unsigned long long>(whole));
        });
        if (!rebuilt) std::exit(1);
    });
    std::printf("rebuild of %llu entries: %.1f s (goal <= 60 s for 1,000,000), tables %s\n",
                static_cast<unsigned long long>(all), rebuilding, desk->tables_digest() == digest ? "equal" : "DIFFER");
    {
        std::ofstream out{file("large.gjslice"), std::ios::binary};
        auto const exporting = measure([&] {
            if (!export_range(*desk, desk->identity().incarnation, {1, 0}, out)) std::exit(1);
        });
        std::printf("export: %.1f s, %.1f MB\n", exporting,
                    static_cast<double>(std::filesystem::file_size(file("large.gjslice"))) / 1e6);
    }
    Machine other;
    other.wall = machine.wall;
    other.state = 99;
    auto headquarters = make_desk(other, file("headquarters.gjdb"), true);
    std::ifstream in{file("large.gjslice"), std::ios::binary};
    auto const importing = measure([&] {
        if (auto const report = import_file(*headquarters, in); !report) {
            std::fprintf(stderr, "import: %s\n", report.error().reason.c_str());
            std::exit(1);
        }
    });
    std::printf("import of %llu entries: %.1f s (goal <= 60 s for 1,000,000), tables %s\n",
                static_cast<unsigned long long>(all), importing,
                headquarters->tables_digest() == digest ? "equal" : "DIFFER");
    std::filesystem::remove_all(folder);
}
