#pragma once
// What has changed in the tables, for whoever keeps rows of them in memory: each fact that was added, each record that
// an attribute or an erasure changed, each subject that was derived again. A note too many does no harm (a transaction
// that was rolled back leaves its own): whoever reads one looks at the tables again.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/id.h"

namespace guanjia {

class ChangeFeed {
public:
    struct Change {
        std::uint16_t kind = 0;  // number of the record's description
        AnyId id;
        friend bool operator==(Change const&, Change const&) = default;
    };
    // How far a reader has read; 0 before it has read anything.
    using Position = std::uint64_t;

    // At least the last `limit` notes are kept, at most twice as many.
    explicit ChangeFeed(std::size_t limit = 32'768) : limit_{limit} {}

    void note(std::uint16_t kind, AnyId id);
    // The tables were made anew, or changed by somebody else: every reader is to take everything anew.
    void forget();

    Position end() const { return first_ + kept_.size(); }
    // What was noted since, oldest first; valid until the next note. Nothing when some of it is forgotten: then
    // everything is to be taken anew.
    std::optional<std::span<Change const>> since(Position position) const;

private:
    std::size_t limit_;
    Position first_ = 1;  // of the oldest note that is kept
    std::vector<Change> kept_;
};

}  // namespace guanjia
