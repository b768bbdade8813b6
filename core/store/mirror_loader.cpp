#include "core/store/mirror_loader.h"

#include <algorithm>
#include <cstring>

namespace guanjia {

namespace {

// A stray record further ahead than this is never reached, so that numbers need not be given out behind it.
constexpr std::uint64_t reach = std::uint64_t{1} << 32;

bool holds(std::vector<SequenceRange> const& ranges, std::uint64_t sequence) {
    return std::any_of(ranges.begin(), ranges.end(), [sequence](SequenceRange const& range) {
        return range.from <= sequence && sequence <= range.to;
    });
}

}  // namespace

struct MirrorLoader::Record {
    std::uint64_t before = 0;
    std::uint32_t pages = 0;
    std::vector<std::pair<std::uint32_t, std::string_view>> set;

    // A database that grows is given every page that is new, so that nothing is taken for what only a number promises.
    bool fits(std::uint32_t pages_before) const {
        if (pages <= pages_before) return true;
        auto const grown = std::size_t{pages - pages_before};
        return set.size() >= grown && set[set.size() - grown].first == pages_before;
    }
};

void MirrorLoader::head(std::string_view bytes) { head_ = bytes; }

void MirrorLoader::add(BlockArea area, BlockKey key, std::string bytes) {
    if (area == BlockArea::segment) segments_[key] = std::move(bytes);
    else log_[key.first][key.second] = std::move(bytes);
}

// False when there is nothing to look at behind it.
bool MirrorLoader::take_head() {
    if (head_taken_) return !refused_ && head_;
    head_taken_ = true;
    if (!head_) {
        if (segments_.empty() && log_.empty()) return false;
        found(MirrorFinding::What::head, {}, MirrorFault::missing);
        refused_ = Refusal{std::nullopt, "store.damaged", {}, {{"why", "head"}}};
        return false;
    }
    auto head = decode_head(*head_);
    if (!head) {
        if (head.error().reason == "store.damaged") found(MirrorFinding::What::head, {}, MirrorFault::altered);
        refused_ = head.error();
        return false;
    }
    content_.head = std::move(*head);
    return true;
}

bool MirrorLoader::check(std::uint32_t segments) { return !take_head() || take_segments(segments); }

Result<MirrorContent> MirrorLoader::finish() {
    while (!check(UINT32_MAX)) {
    }
    if (refused_) return tl::unexpected{*refused_};
    if (!head_) return std::move(content_);
    if (!findings_.empty()) {
        auto const& first = findings_.front();
        return refuse("store.damaged", {}, {{"why", "segment " + std::to_string(first.key.first)}});
    }
    content_.sequence = content_.head.compacted;
    content_.log.pages = content_.head.pages;
    follow_log(content_);
    segments_.clear();
    log_.clear();
    return std::move(content_);
}

bool MirrorLoader::take_segments(std::uint32_t limit) {
    auto const& head = content_.head;
    for (; next_segment_ < head.generations.size(); ++next_segment_) {
        if (limit-- == 0) return false;
        BlockKey const key{next_segment_, head.generations[next_segment_]};
        auto const place = segments_.find(key);
        if (place == segments_.end()) {
            found(MirrorFinding::What::segment, key, MirrorFault::missing);
        } else if (!decode_segment(place->second, key, pages_in_segment(next_segment_, head.pages))) {
            found(MirrorFinding::What::segment, key, MirrorFault::altered);
        } else if (findings_.empty()) {
            content_.file.append_segment(std::move(place->second));
            segments_.erase(place);
        }
    }
    return true;
}

void MirrorLoader::follow_log(MirrorContent& content) {
    auto const& head = content.head;
    auto broken = false;
    for (auto const& [sequence, parts] : log_) {
        // Left over from an earlier damage: kept, and no part of any state.
        if (sequence <= head.compacted || holds(head.cut, sequence)) continue;
        if (!broken) {
            if (sequence > head.last && content.sequence == head.last) {
                found(MirrorFinding::What::log, {sequence, 0}, MirrorFault::stray);
            } else if (auto const record = read_record(sequence, parts)) {
                if (record->before == content.sequence && record->fits(content.file.pages())) {
                    content.file.resize(record->pages);
                    for (auto const& [number, bytes] : record->set)
                        std::memcpy(content.file.writable_page(number), bytes.data(), mirror_page_size);
                    content.log.add(record->set, record->pages);
                    content.sequence = sequence;
                    continue;
                }
                found(MirrorFinding::What::log, {sequence, 0}, MirrorFault::out_of_order);
            }
            broken = true;
        }
        ++content.cut_records;
        for (auto const& part : parts) content.cut_bytes += part.second.size();
        if (sequence <= head.sequence + reach) content.cut_through = sequence;
    }
    if (!content.tail_was_cut()) return;
    content.cut_through = std::max(content.cut_through, head.last);
    if (!broken) found(MirrorFinding::What::log, {content.sequence + 1, 0}, MirrorFault::missing);
}

std::optional<MirrorLoader::Record> MirrorLoader::read_record(std::uint64_t sequence, Parts const& parts) {
    Record record;
    std::uint32_t expected = 0;
    std::uint32_t all = 0;
    for (auto const& [number, bytes] : parts) {
        auto const part = decode_log_part(bytes);
        auto const first = expected == 0;
        auto const agrees =
            part && part->sequence == sequence && part->part == number &&
            (first || (part->before == record.before && part->pages == record.pages && part->parts == all));
        // Numbers go on growing from part to part.
        if (!agrees ||
            (!record.set.empty() && !part->set.empty() && part->set.front().first <= record.set.back().first)) {
            found(MirrorFinding::What::log, {sequence, number}, MirrorFault::altered);
            return std::nullopt;
        }
        if (number != expected) break;
        ++expected;
        record.before = part->before;
        record.pages = part->pages;
        all = part->parts;
        record.set.insert(record.set.end(), part->set.begin(), part->set.end());
    }
    if (expected == 0 || expected != all || parts.size() != all) {
        found(MirrorFinding::What::log, {sequence, expected}, MirrorFault::missing);
        return std::nullopt;
    }
    return record;
}

}  // namespace guanjia
