#include "web/platform/indexed_db.h"

#include "web/platform/host.h"

namespace guanjia {

void IndexedDbStore::write(BlockTransaction transaction, std::function<void(BlockOutcome)> done) {
    auto const token = ++last_token_;
    waiting_.emplace(token, std::move(done));
    host::storage_write(token, transaction);
}

void IndexedDbStore::written(std::uint32_t token, BlockOutcome outcome) {
    auto const found = waiting_.find(token);
    if (found == waiting_.end()) return;
    auto const done = std::move(found->second);
    waiting_.erase(found);
    done(outcome);
}

}  // namespace guanjia
