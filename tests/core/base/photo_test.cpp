#include "core/base/photo.h"

#include "tests/core/photos.h"
#include "tests/core/support.h"

using namespace guanjia;
using namespace std::literals;
using testing::jpeg;

namespace {

std::string size_words(std::string_view bytes) {
    auto const size = picture_size(bytes);
    return size ? std::to_string(size->width) + "x" + std::to_string(size->height) : "none";
}

}  // namespace

TEST_CASE("A picture's size is read off its head: JPEG past its other segments, PNG at its place") {
    CHECK(size_words(jpeg("")) == "32x16");
    // An application segment of four bytes and a filling byte come before the frame.
    CHECK(size_words("\xFF\xD8\xFF\xE0\x00\x06JFIF\xFF\xFF\xC2\x00\x11\x08\x01\x00\x02\x00"sv) == "512x256");
    CHECK(size_words("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x01\0\0\0\0\x02"sv) == "256x2");
}

TEST_CASE("What is no picture, ends early or is too large in either way is no photo") {
    for (auto const bytes : {""sv, "\xFF\xD8"sv, "\xFF\xD8\xFF"sv, "GIF89a"sv, "<svg/>"sv, "\x89PNG\r\n\x1A\n"sv,
                             "\xFF\xD8\xFF\xE0\xFF\xFFJFIF"sv, "\xFF\xD8\xFF\xE0\x00\x00JFIF______"sv,
                             "\xFF\xD8\xFF\xDA\x00\x08________"sv, "\xFF\xD8\xFF\xC0\x00\x11\x08\x00\x10\x00"sv})
        CHECK_FALSE(is_photo(bytes));
    CHECK_FALSE(is_photo(jpeg("", 0, 16)));
    CHECK_FALSE(is_photo("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x20\x01\0\0\0\x01"sv));
    CHECK(is_photo("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x20\0\0\0\0\x01"sv));
    auto whole = jpeg(std::string(photo_limit - jpeg("").size(), '.'));
    CHECK(is_photo(whole));
    CHECK_FALSE(is_photo(whole + '.'));
}

TEST_CASE("A hash is read as it was written, and nothing else is one") {
    auto const hash = hash_of("x");
    CHECK(parse_hash(format_hash(hash)) == hash);
    auto text = format_hash(hash);
    CHECK_FALSE(parse_hash(text.substr(1)));
    text.back() = 'g';
    CHECK_FALSE(parse_hash(text));
    text.back() = 'A';
    CHECK_FALSE(parse_hash(text));
}
