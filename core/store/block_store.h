#pragma once
// Where the mirror keeps what must survive: IndexedDB in the browser (web/platform/storage.js), in tests a fake that
// cuts and fails. Keys and bytes only; whatever decides anything is in mirror.cpp.

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

// From and to included.
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

// All or nothing; nothing when the stored head is not the expected one (none stored: 0, 0). Erasures come before puts.
struct BlockTransaction {
    std::uint64_t expected_epoch = 0;
    std::uint64_t expected_sequence = 0;
    BlockHead head;
    std::vector<BlockErase> erasures;
    std::vector<BlockPut> puts;
    bool strict = true;  // complete only when the operating system has it on the disk
};

enum class BlockOutcome : std::uint8_t { complete = 0, other_owner = 1, full = 2, failed = 3 };

class BlockStore {
public:
    virtual ~BlockStore() = default;
    // `done` is called later, once, never from within.
    virtual void write(BlockTransaction transaction, std::function<void(BlockOutcome)> done) = 0;
};

}  // namespace guanjia
