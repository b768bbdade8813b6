// The mirror towards the store: what waits is cut into transactions, one at a time.

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

#include "core/store/mirror.h"

namespace guanjia {

namespace {

constexpr std::int64_t first_retry_delay = 250;
constexpr std::int64_t last_retry_delay = 30'000;
constexpr auto every_part = std::numeric_limits<std::uint32_t>::max();

// The records of the log that make the state. Those that were cut off stay: nothing is deleted on its own.
void erase_log(BlockTransaction& transaction, MirrorHead const& head) {
    auto from = head.compacted + 1;
    auto const erase_through = [&](std::uint64_t to) {
        if (from <= to) transaction.erasures.push_back({BlockArea::log, {from, 0}, {to, every_part}});
    };
    for (auto const& range : head.cut) {
        erase_through(std::min(range.from - 1, head.last));
        from = range.to + 1;
    }
    erase_through(head.last);
}

void erase_segment(BlockTransaction& transaction, std::uint32_t index, std::uint32_t generation) {
    if (generation > 0) transaction.erasures.push_back({BlockArea::segment, {index, generation}, {index, generation}});
}

}  // namespace

SaveState Mirror::state() const {
    if (read_only_) return SaveState::read_only;
    if (failing_) return SaveState::not_saved;
    return saved_ < committed_ ? SaveState::saving : SaveState::saved;
}

std::size_t Mirror::pending_bytes() const {
    return (pending_.pages.size() + (flight_ ? flight_->batch.pages.size() : 0)) * mirror_page_size;
}

void Mirror::claim() {
    claim_wanted_ = !claimed_;
    pump();
}

std::uint64_t Mirror::flush() {
    strict_through_ = committed_;
    pump();
    return committed_;
}

void Mirror::bulk(bool on) {
    bulk_ = on;
    if (!on) pump();
}

void Mirror::stand_down() {
    read_only_ = true;
    changed();
}

void Mirror::retry() {
    waits_for_retry_ = false;
    pump();
}

void Mirror::pump() {
    if (flight_ || waits_for_retry_ || read_only_ || !(claimed_ || claim_wanted_)) return;
    // What landed without waiting for the disk is followed by a write that waits.
    auto const barrier = saved_ < stored_.head.sequence && strict_wanted();
    if (pending_.sequence == 0 && !claim_wanted_ && !barrier) return;
    flight_ = std::make_unique<Flight>();
    store_.write(cut(), [this, alive = alive_](BlockOutcome outcome) {
        if (*alive) landed(outcome);
    });
}

BlockTransaction Mirror::cut() {
    BlockTransaction transaction;
    transaction.expected_epoch = stored_.head.epoch;
    transaction.expected_sequence = stored_.head.sequence;
    transaction.strict = flight_->strict = strict_wanted() || claim_wanted_;
    flight_->after = stored_;
    auto& head = flight_->after.head;
    if (claim_wanted_) {
        ++head.epoch;
        put_tail_aside();
    }
    auto& batch = flight_->batch = std::exchange(pending_, {});
    if (batch.sequence > 0) {
        // An attempt that was told to have failed may have landed all the same. Each has a number of its own, so that
        // the stored head tells which.
        if (again_) batch.sequence = ++committed_;
        auto const& log = flight_->after.log;
        auto const log_is_long = log.records + 1 >= options_.log_records_limit ||
                                 log.bytes + batch.pages.size() * mirror_page_size >= options_.log_bytes_limit;
        // Segments are written of memory as it is: only while that is exactly what this batch commits.
        if (log_is_long && is_quiet()) write_segments(transaction);
        else write_log(transaction);
        head.sequence = head.last = batch.sequence;
    }
    transaction.head = {head.epoch, head.sequence, encode_head(head)};
    return transaction;
}

// What was cut off must never become part of a state again.
void Mirror::put_tail_aside() {
    if (tail_.to == 0) return;
    auto& head = flight_->after.head;
    auto range = tail_;
    while (!head.cut.empty() && head.cut.back().to >= range.from) {
        range.from = std::min(range.from, head.cut.back().from);
        range.to = std::max(range.to, head.cut.back().to);
        head.cut.pop_back();
    }
    head.cut.push_back(range);
    head.last = tail_.from - 1;
    head.sequence = std::max(head.sequence, range.to);
}

void Mirror::write_log(BlockTransaction& transaction) {
    auto const& batch = flight_->batch;
    transaction.puts = encode_log(batch.sequence, flight_->after.head.last, batch.size, batch.pages);
    flight_->after.log.add(batch.pages, batch.size);
}

void Mirror::write_segments(BlockTransaction& transaction) {
    auto const& batch = flight_->batch;
    auto& [head, log] = flight_->after;
    log.add(batch.pages, batch.size);
    erase_log(transaction, head);
    auto const segments = segments_of(batch.size);
    for (auto index = segments; index < head.generations.size(); ++index)
        erase_segment(transaction, index, head.generations[index]);
    head.generations.resize(segments, 0);
    for (auto const index : log.segments) {
        if (index >= segments) continue;
        auto& generation = head.generations[index];
        erase_segment(transaction, index, generation);
        ++generation;
        transaction.puts.push_back(encode_segment(index, generation, file_.segment(index)));
    }
    head.compacted = batch.sequence;
    head.pages = batch.size;
    // The log begins anew behind all of them.
    head.cut.clear();
    log = {};
    log.pages = batch.size;
}

void Mirror::landed(BlockOutcome outcome) {
    assert(flight_);
    auto flight = std::move(flight_);
    if (outcome == BlockOutcome::complete) {
        stored_ = std::move(flight->after);
        if (claim_wanted_) {
            claim_wanted_ = false;
            claimed_ = true;
            tail_ = {};
        }
        doubtful_.clear();
        again_ = failing_ = full_ = false;
        retry_delay_ = 0;
        if (flight->strict) saved_ = std::max(saved_, stored_.head.sequence);
        changed();
        pump();
        return;
    }
    take_back(std::move(flight->batch));
    again_ = true;
    if (outcome == BlockOutcome::gone) {
        // What is in memory is all that there is.
        read_only_ = gone_ = true;
    } else if (outcome == BlockOutcome::other_owner) {
        if (!doubtful_.empty()) {
            // The head may be our own, of an attempt that was told to have failed.
            stored_ = std::move(doubtful_.back());
            doubtful_.pop_back();
            tail_ = {};  // put aside by that attempt, when there was one
            pump();
            return;
        }
        read_only_ = true;
    } else {
        auto const& head = flight->after.head;
        auto const moves = head.epoch != stored_.head.epoch || head.sequence != stored_.head.sequence;
        if (outcome == BlockOutcome::failed && moves) doubtful_.push_back(std::move(flight->after));
        failing_ = waits_for_retry_ = true;
        full_ = outcome == BlockOutcome::full;
        retry_delay_ = retry_delay_ == 0 ? first_retry_delay : std::min(retry_delay_ * 2, last_retry_delay);
    }
    changed();
}

void Mirror::take_back(Batch batch) {
    if (batch.sequence == 0) return;
    if (pending_.sequence == 0) {
        pending_ = std::move(batch);
        return;
    }
    // What came since is newer, page by page, and a page beyond its end is gone.
    pending_.pages.merge(batch.pages);
    pending_.pages.erase(pending_.pages.lower_bound(pending_.size), pending_.pages.end());
}

void Mirror::changed() const {
    if (on_change) on_change();
}

}  // namespace guanjia
