#include <fmt/format.h>

#include "core/desk/desk.h"

namespace guanjia {

namespace {

std::vector<std::string> projected_tables(Database& database) {
    auto statement = database.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'base\\_%' ESCAPE '\\' AND name NOT "
        "LIKE "
        "'sqlite_%' ORDER BY name");
    std::vector<std::string> names;
    while (statement.step()) names.emplace_back(statement.text(0));
    return names;
}

}  // namespace

Hash Desk::tables_digest() {
    Hasher hasher;
    for (auto const& name : projected_tables(*database_)) {
        // Tables without rowid come in the order of their primary keys.
        auto statement = database_->prepare(fmt::format("SELECT * FROM {}", name));
        hasher.add(name);
        while (statement.step())
            for (int column = 0; column < statement.columns(); ++column) {
                auto const bytes = statement.blob(column);
                hasher.add(statement.is_null(column) ? "-" : fmt::format("{}:", bytes.size())).add(bytes);
            }
    }
    return hasher.finish();
}

Result<CheckReport> Desk::check() {
    return guarded([&]() -> Result<CheckReport> {
        CheckReport report;
        report.entries = journal_->count();
        {
            auto statement = database_->prepare("PRAGMA quick_check");
            while (statement.step())
                if (statement.text(0) != "ok") report.findings.emplace_back(statement.text(0));
        }
        for (auto const& desk : journal_->desks())
            if (auto const number = journal_->first_broken(desk.incarnation))
                report.findings.push_back(fmt::format("chain {} {}", format_incarnation(desk.incarnation), *number));

        report.tables = tables_digest();
        {
            // Rebuilt beside, looked at, and put back as they were.
            auto const feed = projection_->feed();
            database_->execute("SAVEPOINT beside");
            projection_->drop_tables();
            projection_->create_tables();
            projection_->load_rules();
            auto const replayed = replay({});
            auto const rebuilt = replayed ? tables_digest() : Hash{};
            database_->execute("ROLLBACK TO beside; RELEASE beside;");
            projection_->forget_touched();
            projection_->load_rules();
            projection_->feed() = feed;
            if (!replayed) report.findings.emplace_back("journal " + replayed.error().reason);
            else if (rebuilt != report.tables) report.findings.emplace_back("tables");
        }
        report.sound = report.findings.empty();
        return report;
    });
}

}  // namespace guanjia
