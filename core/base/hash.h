#pragma once
// BLAKE2b-256 (RFC 7693): chains journal entries and seals files. `b2sum -l 256` computes the same.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guanjia {

using Hash = std::array<std::uint8_t, 32>;

class Hasher {
public:
    Hasher();
    Hasher& add(std::string_view bytes);
    Hasher& add(Hash const& hash);
    Hash finish();

private:
    // Room for the library's state; its size is checked in hash.cpp, so that its header stays out of ours.
    alignas(8) std::array<unsigned char, 256> state_;
};

Hash hash_of(std::string_view bytes);
std::string_view bytes_of(Hash const& hash);
// A view of a hash that is gone at once.
std::string_view bytes_of(Hash&& hash) = delete;
std::optional<Hash> hash_from_bytes(std::string_view bytes);
// 64 lower-case hexadecimal digits.
std::string format_hash(Hash const& hash);
std::optional<Hash> parse_hash(std::string_view text);

}  // namespace guanjia
