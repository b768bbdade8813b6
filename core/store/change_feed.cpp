#include "core/store/change_feed.h"

namespace guanjia {

void ChangeFeed::note(std::uint16_t kind, AnyId id) {
    // In halves, so that a note costs the same however full the feed is.
    if (kept_.size() >= 2 * limit_) {
        kept_.erase(kept_.begin(), kept_.begin() + static_cast<std::ptrdiff_t>(limit_));
        first_ += limit_;
    }
    kept_.push_back({kind, id});
}

void ChangeFeed::forget() {
    // A step further than the end, where a reader may stand who has read all there was.
    first_ = end() + 1;
    kept_.clear();
}

std::optional<std::span<ChangeFeed::Change const>> ChangeFeed::since(Position position) const {
    if (position < first_ || position > end()) return std::nullopt;
    return std::span{kept_}.subspan(static_cast<std::size_t>(position - first_));
}

}  // namespace guanjia
