#pragma once
// A BlockStore that does what IndexedDB and the machine under it may do: answer late, fail, fail after all was written,
// be full, die before or after a write, and lose relaxed writes with the power. Every step is the test's decision.

#include <doctest/doctest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/store/mirror.h"
#include "tests/core/support.h"

namespace guanjia::testing {

enum class Fate {
    complete,
    failed,
    failed_but_kept,  // the connection died after the commit and before its answer
    full,
    kept,  // … and nobody is left to be answered
    lost,
};

class FakeStore : public BlockStore {
public:
    using Place = std::pair<BlockArea, BlockKey>;

    void write(BlockTransaction transaction, std::function<void(BlockOutcome)> done) override {
        ++writes;
        for (auto const& put : transaction.puts) {
            bytes_written += put.bytes.size();
            if (put.area == BlockArea::log) CHECK(put.bytes.size() <= 60 * 1024);
        }
        waiting_.push_back({std::move(transaction), std::move(done)});
    }

    bool waits() const { return !waiting_.empty(); }
    BlockTransaction const& next() const { return waiting_.front().first; }

    // The oldest write meets its fate.
    void settle(Fate fate = Fate::complete) {
        REQUIRE(waits());
        auto [transaction, done] = std::move(waiting_.front());
        waiting_.pop_front();
        switch (fate) {
            case Fate::complete:
                return done(apply(transaction) ? BlockOutcome::complete
                            : head_            ? BlockOutcome::other_owner
                                               : BlockOutcome::gone);
            case Fate::failed: return done(BlockOutcome::failed);
            case Fate::failed_but_kept: apply(transaction); return done(BlockOutcome::failed);
            case Fate::full: return done(BlockOutcome::full);
            case Fate::kept: apply(transaction); return;
            case Fate::lost: return;
        }
    }
    void settle_all() {
        while (waits()) settle();
    }

    // Whoever waited is gone; the last `relaxed` writes that did not wait for the disk are lost with the power.
    void crash(std::size_t relaxed = 0) {
        waiting_.clear();
        for (; relaxed > 0 && !undo_.empty(); --relaxed) {
            head_ = std::move(undo_.back().head);
            auto& places = undo_.back().places;
            for (auto place = places.rbegin(); place != places.rend(); ++place) {
                if (place->second) records[place->first] = std::move(*place->second);
                else records.erase(place->first);
            }
            undo_.pop_back();
        }
        undo_.clear();
    }
    std::size_t relaxed() const { return undo_.size(); }

    Result<MirrorContent> load(Random* random = nullptr) const {
        MirrorLoader loader;
        return load_with(loader, random);
    }
    Result<MirrorContent> load_with(MirrorLoader& loader, Random* random = nullptr) const {
        std::vector<Place> places;
        for (auto const& record : records) places.push_back(record.first);
        if (random)
            for (auto left = places.size(); left > 1; --left) std::swap(places[left - 1], places[random->below(left)]);
        for (auto const& place : places) loader.add(place.first, place.second, records.at(place));
        if (head_) loader.head(head_->bytes);
        // As the page does it, in steps of any size; or all at the end.
        while (random && !loader.check(static_cast<std::uint32_t>(1 + random->below(3)))) {
        }
        return loader.finish();
    }

    std::optional<BlockHead>& head() { return head_; }
    std::size_t count(BlockArea area) const {
        return static_cast<std::size_t>(std::count_if(
            records.begin(), records.end(), [area](auto const& record) { return record.first.first == area; }));
    }

    std::map<Place, std::string> records;
    std::uint64_t writes = 0;
    std::uint64_t bytes_written = 0;

private:
    struct Undo {
        std::optional<BlockHead> head;
        std::vector<std::pair<Place, std::optional<std::string>>> places;
    };

    bool apply(BlockTransaction& transaction) {
        auto const found = head_.value_or(BlockHead{});
        if (found.epoch != transaction.expected_epoch || found.sequence != transaction.expected_sequence) return false;
        Undo undo{head_, {}};
        for (auto const& erase : transaction.erasures) {
            auto const end = records.upper_bound({erase.area, erase.to});
            for (auto at = records.lower_bound({erase.area, erase.from}); at != end; at = records.erase(at))
                undo.places.emplace_back(at->first, std::move(at->second));
        }
        for (auto& put : transaction.puts) {
            auto const before = records.find({put.area, put.key});
            undo.places.emplace_back(Place{put.area, put.key},
                                     before == records.end() ? std::nullopt : std::optional{before->second});
            records[{put.area, put.key}] = std::move(put.bytes);
        }
        head_ = std::move(transaction.head);
        if (transaction.strict) undo_.clear();
        else undo_.push_back(std::move(undo));
        return true;
    }

    std::optional<BlockHead> head_;
    std::deque<std::pair<BlockTransaction, std::function<void(BlockOutcome)>>> waiting_;
    std::vector<Undo> undo_;
};

// Of a Mirror or a MirrorFile. Quick, and different for databases that differ.
template <class Pages>
std::uint64_t digest_of(Pages const& file) {
    std::uint64_t sum = file.pages();
    for (std::uint32_t number = 0; number < file.pages(); ++number) {
        auto const page = file.page(number);
        std::uint64_t lanes[4] = {1, 2, 3, number};
        for (std::size_t at = 0; at < page.size(); at += 32) {
            std::uint64_t words[4];
            std::copy_n(page.data() + at, 32, reinterpret_cast<char*>(words));
            for (int lane = 0; lane < 4; ++lane)
                lanes[lane] = ((lanes[lane] ^ words[lane]) * 0x9E3779B97F4A7C15ULL) ^ (lanes[lane] >> 29);
        }
        for (auto const lane : lanes) sum = (sum ^ lane) * 0xBF58476D1CE4E5B9ULL + (sum >> 31);
    }
    return sum;
}
}  // namespace guanjia::testing
