// Whatever IndexedDB may hold after damage: heads, log parts and segments in any order. Lengths and sums are made right
// where that lets the fuzzer deeper in.

#include <cstdint>
#include <string>

#include "core/store/mirror_image.h"

using namespace guanjia;

namespace {

std::string with_sum(std::string_view magic, std::string_view body) {
    auto bytes = std::string{magic} + std::string{body};
    auto const sum = crc32c(bytes);
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>((sum >> shift) & 0xFF);
    return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view rest{reinterpret_cast<char const*>(data), size};
    MirrorLoader loader;
    while (rest.size() > 4) {
        auto const kind = static_cast<unsigned char>(rest[0]);
        auto const first = static_cast<unsigned char>(rest[1]);
        auto const second = static_cast<unsigned char>(rest[2]);
        auto const length =
            std::min<std::size_t>(static_cast<unsigned char>(rest[3]) * (kind & 0x80 ? 256U : 1U), rest.size() - 4);
        auto const body = rest.substr(4, length);
        rest.remove_prefix(4 + length);
        auto const raw = (kind & 4) != 0;
        if ((kind & 3) == 0) loader.head(raw ? std::string{body} : with_sum("GJMH", body));
        else if ((kind & 3) == 1)
            loader.add(BlockArea::log, {first, second}, raw ? std::string{body} : with_sum("GJML", body));
        else loader.add(BlockArea::segment, {first, second}, raw ? std::string{body} : with_sum("GJMS", body));
    }
    auto const content = loader.finish();
    if (content && content->file.pages() > mirror_page_limit) __builtin_trap();
    return 0;
}
