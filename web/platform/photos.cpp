#include "web/platform/photos.h"

#include <algorithm>

#include "core/base/photo.h"
#include "core/base/text.h"
#include "web/platform/host.h"

namespace guanjia {

namespace {

std::string lines_of(std::vector<Hash> const& hashes) {
    std::string lines;
    for (auto const& hash : hashes) lines += format_hash(hash) + '\n';
    return lines;
}

}  // namespace

void PagePhotos::refuse(std::string const& reason) {
    stage_.shell.tell(stage_.ui, stage_.say("refusal." + reason, {{"limit", std::to_string(photo_limit / 1024)}}),
                      ui::Tone::danger);
}

void PagePhotos::take(std::string_view path, std::string bytes) {
    auto const route = parse_route(path);
    if (!stage_.mailbox.has_desk()) return;
    if (route.place != Place::tickets || route.detail.empty()) return refuse("photo.no-ticket");
    if (!is_photo(bytes)) return refuse("photo.unreadable");
    if (!stage_.person()) return refuse("photo.nobody");
    auto const hash = format_hash(hash_of(bytes));
    auto const token = next();
    taken_[token] = {hash, route.detail, bytes.size()};
    host::keep_photo(token, hash, bytes);
}

void PagePhotos::keep(Hash const& hash, std::string_view bytes) {
    auto const token = next();
    taken_[token] = {format_hash(hash), {}, bytes.size()};
    host::keep_photo(token, format_hash(hash), bytes);
}

void PagePhotos::kept(std::uint32_t token, BlockOutcome outcome) {
    auto const found = taken_.find(token);
    if (found == taken_.end()) return;
    auto const& taken = found->second;
    if (outcome != BlockOutcome::complete) {
        refuse(outcome == BlockOutcome::full ? "photo.full" : "photo.not-kept");
        taken_.erase(found);
        return;
    }
    // It may have been asked for while it was not here.
    stage_.ui.pictures.forget(taken.hash);
    if (taken.ticket.empty()) {
        taken_.erase(found);
        return;
    }
    stage_.mailbox.submit(
        {"add_photo", {}, {}, {{"ticket", taken.ticket}, {"hash", taken.hash}, {"bytes", std::to_string(taken.bytes)}}},
        [this, token](Result<Accepted> const& result) {
            taken_.erase(token);
            if (result) tell_done(stage_, stage_.say("ui.photo-added"), *result);
            else
                stage_.shell.tell(stage_.ui, stage_.say("refusal." + result.error().reason, result.error().details),
                                  ui::Tone::danger);
        });
}

void PagePhotos::load(std::vector<Hash> const& hashes, Loaded loaded) {
    auto const token = next();
    loading_[token].loaded = std::move(loaded);
    host::load_photos(token, lines_of(hashes));
}

void PagePhotos::loaded(std::uint32_t token, std::string_view hash, std::string_view bytes) {
    auto const found = loading_.find(token);
    if (auto const key = parse_hash(hash); key && found != loading_.end()) found->second.photos[*key] = bytes;
}

void PagePhotos::all_loaded(std::uint32_t token) {
    auto loading = loading_.extract(token);
    if (loading) loading.mapped().loaded(std::move(loading.mapped().photos));
}

void PagePhotos::look_over(std::string_view hashes) {
    std::vector<Hash> held;
    for_each_part(hashes, '\n', [&](std::string_view text) {
        auto const is_new =
            std::any_of(taken_.begin(), taken_.end(), [&](auto const& taken) { return taken.second.hash == text; });
        if (auto const hash = parse_hash(text); hash && !is_new) held.push_back(*hash);
    });
    stage_.mailbox.find_unnamed_photos(std::move(held), [](std::vector<Hash> const& unnamed) {
        if (!unnamed.empty()) host::forget_photos(lines_of(unnamed));
    });
}

}  // namespace guanjia
