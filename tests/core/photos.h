#pragma once
// Photos by their heads alone: nothing natively looks further.

#include <string>

namespace guanjia::testing {

inline std::string jpeg(std::string const& rest, unsigned char width = 32, unsigned char height = 16) {
    std::string bytes{"\xFF\xD8\xFF\xC0\x00\x11\x08\x00", 8};
    bytes += static_cast<char>(height);
    bytes += '\0';
    bytes += static_cast<char>(width);
    return bytes + rest;
}

}  // namespace guanjia::testing
