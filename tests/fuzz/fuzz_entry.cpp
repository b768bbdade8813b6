// The body of an entry, as hostile as it comes: decoding never crashes, and what is decoded and applied can be asked
// for. The first byte says how much of the input is the personal part.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/base/strings.h"
#include "core/desk/desk.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace guanjia;
    if (size < 1) return 0;
    std::string_view const rest{reinterpret_cast<char const*>(data) + 1, size - 1};
    auto const cut = rest.size() * data[0] / 255;
    constexpr Incarnation incarnation = 0x0123456789abcdef;
    auto const entry = decode_entry(incarnation, rest.substr(cut), rest.substr(0, cut));
    if (!entry) {
        if (!has_sentence("refusal." + entry.error().reason)) std::abort();
        return 0;
    }
    // Written again without salts' help, the facts are the same.
    auto const again = encode_entry(*entry, [] { return std::uint64_t{42}; });
    auto const read_again = decode_entry(incarnation, again.body, again.personal);
    if (!read_again || read_again->facts.size() != entry->facts.size()) std::abort();

    Desk::Options options;
    options.durability = Database::Durability::none;
    options.clock = [] { return std::int64_t{1'770'000'000'000}; };
    static auto desk = std::move(*Desk::create(":memory:", {0, "HQ", "总部", 1, true}, options));
    {
        Transaction transaction{desk->database()};
        desk->projection().apply(*entry);
        desk->projection().derive();
        if (!desk->duties(desk->now(), DutyFilter::all)) std::abort();
        for (auto const& query : desk_queries())
            if (!desk->query(query.name, {}, [](Row const&) {})) std::abort();
        // Rolled back: the next input finds an empty desk.
    }
    desk->projection().forget_touched();
    return 0;
}
