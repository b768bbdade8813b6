#include "core/store/drafts.h"

#include "core/base/description.h"

namespace guanjia {

namespace {

std::int64_t oldest(LocalTime at) { return at.seconds - draft_days * seconds_per_day; }

}  // namespace

Result<void> keep_draft(Database& database, std::string_view key, std::string_view content, LocalTime at) {
    if (key.empty() || key.size() > text_limit) return refuse("draft.key", {"key"});
    if (content.size() > draft_limit) return refuse("draft.too-long", {"content"});
    if (content.empty()) {
        drop_draft(database, key);
        return {};
    }
    Transaction transaction{database};
    {
        auto keep = database.prepare(
            "INSERT INTO base_draft(key, content, at) VALUES(?, ?, ?) ON CONFLICT(key) DO UPDATE SET content = "
            "excluded.content, at = excluded.at");
        keep.bind_text(key).bind_text(content).bind(at.seconds);
        keep.run();
    }
    // A clock that was set back leaves what was kept before it; what is kept now stays.
    auto crowd = database.prepare(
        "DELETE FROM base_draft WHERE key <> ?1 AND key NOT IN (SELECT key FROM base_draft WHERE key <> ?1 ORDER BY at "
        "DESC, key LIMIT ?2)");
    crowd.bind_text(key).bind(static_cast<std::int64_t>(draft_count_limit) - 1);
    crowd.run();
    transaction.commit();
    return {};
}

void drop_draft(Database& database, std::string_view key) {
    auto drop = database.prepare("DELETE FROM base_draft WHERE key = ?");
    drop.bind_text(key);
    drop.run();
}

void drop_old_drafts(Database& database, LocalTime at) {
    // A desk that can only be read has to open as well: nothing is written when there is nothing to drop.
    {
        auto old = database.prepare("SELECT 1 FROM base_draft WHERE at < ? LIMIT 1");
        old.bind(oldest(at));
        if (!old.step()) return;
    }
    auto drop = database.prepare("DELETE FROM base_draft WHERE at < ?");
    drop.bind(oldest(at));
    drop.run();
}

void drop_all_drafts(Database& database) { database.prepare("DELETE FROM base_draft").run(); }

std::vector<Draft> drafts(Database& database, LocalTime at) {
    auto row = database.prepare("SELECT key, content, at FROM base_draft WHERE at >= ? ORDER BY at DESC, key");
    row.bind(oldest(at));
    std::vector<Draft> found;
    while (row.step()) found.push_back({std::string{row.text(0)}, std::string{row.text(1)}, LocalTime{row.integer(2)}});
    return found;
}

}  // namespace guanjia
