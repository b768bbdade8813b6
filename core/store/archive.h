#pragma once
// Our own cereal archives. Numbers are LEB128 (little-endian base 128; signed ones zigzag), so that the same bytes come
// out of every machine. Reading never trusts a size: every size tag is checked against the bytes left in its frame, and
// a frame is at most frame_limit bytes, so that a damaged or hostile file cannot make us allocate.

#include <cereal/cereal.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/base/hash.h"
#include "core/base/id.h"
#include "core/base/stamp.h"

namespace guanjia {

inline constexpr std::size_t frame_limit = std::size_t{1} << 20;

class BoundedOutput : public cereal::OutputArchive<BoundedOutput, cereal::AllowEmptyClassElision> {
public:
    explicit BoundedOutput(std::string& to) : OutputArchive{this}, to_{to} {}

    void put_byte(std::uint8_t byte) { to_ += static_cast<char>(byte); }
    void put_bytes(std::string_view bytes) { to_.append(bytes); }
    void put_number(std::uint64_t number) {
        while (number >= 0x80) {
            put_byte(static_cast<std::uint8_t>(number | 0x80));
            number >>= 7;
        }
        put_byte(static_cast<std::uint8_t>(number));
    }
    void put_signed(std::int64_t number) {
        put_number((static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63));
    }

private:
    std::string& to_;
};

class BoundedInput : public cereal::InputArchive<BoundedInput, cereal::AllowEmptyClassElision> {
public:
    explicit BoundedInput(std::string_view frame) : InputArchive{this}, rest_{frame} {
        if (frame.size() > frame_limit) throw cereal::Exception{"frame too large"};
    }

    std::size_t left() const { return rest_.size(); }
    std::uint8_t byte() {
        if (rest_.empty()) throw cereal::Exception{"frame ends early"};
        auto const first = static_cast<std::uint8_t>(rest_.front());
        rest_.remove_prefix(1);
        return first;
    }
    std::string_view bytes(std::size_t size) {
        if (size > rest_.size()) throw cereal::Exception{"size beyond the frame"};
        auto const taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }
    std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            auto const next = byte();
            // One way to write each number: nothing above 64 bits, no empty last byte.
            if (shift == 63 && next > 1) throw cereal::Exception{"number beyond 64 bits"};
            if (next == 0 && shift > 0) throw cereal::Exception{"number padded"};
            value |= static_cast<std::uint64_t>(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        throw cereal::Exception{"number beyond 64 bits"};
    }
    std::int64_t signed_number() {
        auto const raw = number();
        return static_cast<std::int64_t>((raw >> 1) ^ (~(raw & 1) + 1));
    }
    // A count of things of which each takes at least one byte.
    std::size_t count(std::size_t limit) {
        auto const value = number();
        if (value > limit || value > rest_.size()) throw cereal::Exception{"count beyond the frame"};
        return static_cast<std::size_t>(value);
    }

private:
    std::string_view rest_;
};

template <class Number>
concept PlainNumber = std::is_integral_v<Number>;

template <PlainNumber Number>
void CEREAL_SAVE_FUNCTION_NAME(BoundedOutput& archive, Number const& number) {
    if constexpr (std::is_signed_v<Number>) archive.put_signed(number);
    else archive.put_number(number);
}

template <PlainNumber Number>
void CEREAL_LOAD_FUNCTION_NAME(BoundedInput& archive, Number& number) {
    if constexpr (std::is_signed_v<Number>) {
        auto const value = archive.signed_number();
        number = static_cast<Number>(value);
        if (number != value) throw cereal::Exception{"number out of range"};
    } else {
        auto const value = archive.number();
        number = static_cast<Number>(value);
        if (number != value) throw cereal::Exception{"number out of range"};
    }
}

inline void CEREAL_SAVE_FUNCTION_NAME(BoundedOutput& archive, std::string const& text) {
    archive.put_number(text.size());
    archive.put_bytes(text);
}

inline void CEREAL_LOAD_FUNCTION_NAME(BoundedInput& archive, std::string& text) {
    text = archive.bytes(archive.count(frame_limit));
}

inline void CEREAL_SAVE_FUNCTION_NAME(BoundedOutput& archive, Hash const& hash) { archive.put_bytes(bytes_of(hash)); }

inline void CEREAL_LOAD_FUNCTION_NAME(BoundedInput& archive, Hash& hash) {
    hash = *hash_from_bytes(archive.bytes(hash.size()));
}

}  // namespace guanjia

CEREAL_SETUP_ARCHIVE_TRAITS(guanjia::BoundedInput, guanjia::BoundedOutput)
