#pragma once
// What people have typed and not yet sent: kept with the records but no part of them. It is not in the journal, travels
// to nobody, and is gone when it is old, or when a person's data are erased, for it may hold that person's words.

#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "core/procedure/refusal.h"
#include "core/store/database.h"

namespace guanjia {

inline constexpr std::size_t draft_limit = std::size_t{64} << 10;  // bytes of content
inline constexpr std::size_t draft_count_limit = 200;              // beyond it the oldest goes
inline constexpr std::int64_t draft_days = 30;

struct Draft {
    std::string key;  // which form it is, by the page's own names
    std::string content;
    LocalTime at;  // when it was kept
};

// In place of what was kept under the key; empty content drops it. Refused: "draft.key", "draft.too-long".
Result<void> keep_draft(Database& database, std::string_view key, std::string_view content, LocalTime at);
void drop_draft(Database& database, std::string_view key);
void drop_old_drafts(Database& database, LocalTime at);
void drop_all_drafts(Database& database);
// Those that are not too old, the newest first.
std::vector<Draft> drafts(Database& database, LocalTime at);

}  // namespace guanjia
