#pragma once
// Where the mirror keeps what must survive: IndexedDB in the browser, in tests a fake that cuts and fails. Keys and
// bytes only; whatever decides anything is the Mirror's.

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace guanjia {

enum class BlockArea : std::uint8_t { log = 0, segment = 1 };

// log: sequence, part. segment: index, generation. Ordered by first, then second.
struct BlockKey {
    std::uint64_t first = 0;
    std::uint32_t second = 0;
    friend auto operator<=>(BlockKey const&, BlockKey const&) = default;
};

struct BlockPut {
    BlockArea area;
    BlockKey key;
    std::string bytes;
};

// `from` and `to` included.
struct BlockErase {
    BlockArea area;
    BlockKey from;
    BlockKey to;
};

// The one record that says who owns the store and how far it goes.
struct BlockHead {
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;
    std::string bytes;
};

// All or nothing; erasures run before puts. Nothing is written and `other_owner` is answered when the stored head's
// epoch and sequence are not the expected ones (no head stored: 0, 0; `gone` when another was expected).
struct BlockTransaction {
    std::uint64_t expected_epoch = 0;
    std::uint64_t expected_sequence = 0;
    BlockHead head;
    std::vector<BlockPut> puts;
    std::vector<BlockErase> erasures;
    bool strict = true;  // complete only when the operating system has it on the disk
};

enum class BlockOutcome : std::uint8_t {
    complete = 0,
    other_owner = 1,
    full = 2,    // certainly nothing was written
    failed = 3,  // probably nothing was written
    gone = 4,    // nothing was written: the store that was there is empty, removed by the browser or by a person
};

class BlockStore {
public:
    virtual ~BlockStore() = default;
    // `done` is called later, once, never from within write().
    virtual void write(BlockTransaction transaction, std::function<void(BlockOutcome)> done) = 0;
};

}  // namespace guanjia
