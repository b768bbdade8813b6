#include "core/tables/text_encoding.h"

#include "core/base/text.h"

#ifdef __EMSCRIPTEN__
#include <cstdlib>

#include <emscripten.h>
#else
#include <iconv.h>
#endif

namespace guanjia {

namespace {

std::string decode_utf_16(std::string_view bytes, bool big) {
    std::string text;
    auto const unit = [&](std::size_t at) {
        auto const low = static_cast<unsigned char>(bytes[big ? at + 1 : at]);
        auto const high = static_cast<unsigned char>(bytes[big ? at : at + 1]);
        return static_cast<char32_t>(high << 8 | low);
    };
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        auto point = unit(at);
        if (point >= 0xD800 && point < 0xDC00 && at + 3 < bytes.size()) {
            auto const second = unit(at + 2);
            if (second >= 0xDC00 && second < 0xE000) {
                point = 0x10000 + ((point - 0xD800) << 10) + (second - 0xDC00);
                at += 2;
            }
        }
        append_code_point(text, point >= 0xD800 && point < 0xE000 ? broken_text : point);
    }
    return text;
}

// The tables of GB 18030 are as large as a third of our program, and every platform has them already.
#ifdef __EMSCRIPTEN__
EM_JS(char*, text_from_gb_18030, (char const* bytes, int size), {
    // A copy: what lies in shared or growing memory is not decoded.
    const text = new TextDecoder("gb18030").decode(HEAPU8.slice(bytes, bytes + size));
    const length = lengthBytesUTF8(text) + 1;
    const place = _malloc(length);
    stringToUTF8(text, place, length);
    return place;
});

std::string decode_gb_18030(std::string_view bytes) {
    auto* const decoded = text_from_gb_18030(bytes.data(), static_cast<int>(bytes.size()));
    std::string text{decoded};
    std::free(decoded);
    return text;
}
#else
std::string decode_gb_18030(std::string_view bytes) {
    std::string text;
    auto* const converter = iconv_open("UTF-8", "GB18030");
    // NOLINTNEXTLINE: what iconv_open returns when it fails.
    if (converter == reinterpret_cast<iconv_t>(-1)) return text;
    // iconv reads through a pointer that is not to const, and changes nothing.
    auto* from = const_cast<char*>(bytes.data());
    auto left = bytes.size();
    while (left > 0) {
        char room[4096];
        auto* to = room;
        auto free = sizeof room;
        auto const before = left;
        auto const done = iconv(converter, &from, &left, &to, &free);
        text.append(room, sizeof room - free);
        if (done == static_cast<std::size_t>(-1) && left == before && free == sizeof room) {
            append_code_point(text, broken_text);
            ++from;
            --left;
        }
    }
    iconv_close(converter);
    return text;
}
#endif

}  // namespace

std::string_view name_of(TextEncoding encoding) {
    switch (encoding) {
        case TextEncoding::utf_16_little:
        case TextEncoding::utf_16_big: return "UTF-16";
        case TextEncoding::gb_18030: return "GBK";
        default: return "UTF-8";
    }
}

std::size_t utf_8_prefix(std::string_view bytes) {
    std::size_t at = 0;
    while (at < bytes.size()) {
        auto const point = first_code_point(bytes.substr(at, 4));
        if (point.value == broken_text) break;
        at += point.length;
    }
    return at;
}

std::string decode(std::string_view bytes, TextEncoding encoding) {
    switch (encoding) {
        case TextEncoding::utf_16_little: return decode_utf_16(bytes, false);
        case TextEncoding::utf_16_big: return decode_utf_16(bytes, true);
        case TextEncoding::gb_18030: return decode_gb_18030(bytes);
        default: return std::string{bytes};
    }
}

std::size_t whole_characters(std::string_view piece, TextEncoding encoding) {
    if (encoding == TextEncoding::utf_8) return piece.size();
    if (encoding == TextEncoding::gb_18030) {
        // No byte below '0' is part of a longer character.
        for (auto at = piece.size(); at > 0; --at)
            if (static_cast<unsigned char>(piece[at - 1]) < '0') return at;
        return piece.size();
    }
    auto const whole = piece.size() / 2 * 2;
    if (whole < 4) return whole;
    auto const high = static_cast<unsigned char>(piece[encoding == TextEncoding::utf_16_big ? whole - 2 : whole - 1]);
    return high >= 0xD8 && high < 0xDC ? whole - 2 : whole;
}

}  // namespace guanjia
