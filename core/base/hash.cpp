#include "core/base/hash.h"

#include <algorithm>
#include <cstring>

extern "C" {
#include <blake2.h>
}

namespace guanjia {

static_assert(sizeof(blake2b_state) <= 256);

namespace {
blake2b_state* state_of(std::array<unsigned char, 256>& room) { return reinterpret_cast<blake2b_state*>(room.data()); }
}  // namespace

Hasher::Hasher() { blake2b_init(state_of(state_), Hash{}.size()); }

Hasher& Hasher::add(std::string_view bytes) {
    blake2b_update(state_of(state_), bytes.data(), bytes.size());
    return *this;
}

Hasher& Hasher::add(Hash const& hash) { return add(bytes_of(hash)); }

Hash Hasher::finish() {
    Hash result;
    blake2b_final(state_of(state_), result.data(), result.size());
    return result;
}

Hash hash_of(std::string_view bytes) { return Hasher{}.add(bytes).finish(); }

std::string_view bytes_of(Hash const& hash) { return {reinterpret_cast<char const*>(hash.data()), hash.size()}; }

std::optional<Hash> hash_from_bytes(std::string_view bytes) {
    Hash hash;
    if (bytes.size() != hash.size()) return std::nullopt;
    std::memcpy(hash.data(), bytes.data(), hash.size());
    return hash;
}

std::string format_hash(Hash const& hash) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(hash.size() * 2);
    for (auto const byte : hash) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

std::optional<Hash> parse_hash(std::string_view text) {
    Hash hash;
    if (text.size() != hash.size() * 2) return std::nullopt;
    for (std::size_t index = 0; index < text.size(); ++index) {
        auto const letter = text[index] >= 'a' && text[index] <= 'f';
        if (!letter && !(text[index] >= '0' && text[index] <= '9')) return std::nullopt;
        auto const digit = static_cast<std::uint8_t>(letter ? text[index] - 'a' + 10 : text[index] - '0');
        hash[index / 2] = static_cast<std::uint8_t>(hash[index / 2] << 4 | digit);
    }
    return hash;
}

}  // namespace guanjia
