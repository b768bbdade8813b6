#pragma once
// BlockStore over the page's IndexedDB (web/platform/storage.js).

#include <cstdint>
#include <functional>
#include <map>

#include "core/store/block_store.h"

namespace guanjia {

class IndexedDbStore : public BlockStore {
public:
    void write(BlockTransaction transaction, std::function<void(BlockOutcome)> done) override;
    // The page's answer to a write.
    void written(std::uint32_t token, BlockOutcome outcome);

private:
    std::uint32_t last_token_ = 0;
    std::map<std::uint32_t, std::function<void(BlockOutcome)>> waiting_;
};

}  // namespace guanjia
