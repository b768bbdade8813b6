// Day files from anywhere: inspected, and taken in by a desk that has something to lose. Either the file is taken in or
// it is refused with a sentence; nothing crashes, and nothing large is allocated (-malloc_limit_mb).

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <sstream>

#include "core/base/strings.h"
#include "core/desk/handover.h"

namespace {

using namespace guanjia;

std::unique_ptr<Desk> make_desk() {
    Desk::Options options;
    options.durability = Database::Durability::none;
    options.clock = [] { return std::int64_t{1'770'000'000'000}; };
    options.random = [state = std::uint64_t{7}]() mutable {
        return state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    };
    auto desk = Desk::create(":memory:", {0, "HQ", "总部", 1, true}, options);
    if (!desk) std::abort();
    return std::move(*desk);
}

// Random bytes never get past digests and chains; so the fuzzer may also change what they protect: the digest at the
// end is set right, and the header's hashes are recomputed by reading the entries.
std::string repaired(std::string file) {
    constexpr std::size_t end_frame_size = 5 + 32;
    if (file.size() < end_frame_size + 8) return file;
    auto const body = file.substr(0, file.size() - end_frame_size);
    auto const digest = hash_of(body);
    std::string end{"\x03\x20\x00\x00\x00", 5};
    end += bytes_of(digest);
    return body + end;
}

void must_have_a_sentence(Refusal const& refusal) {
    if (!has_sentence("refusal." + refusal.reason)) std::abort();
}

void take(std::string const& file) {
    static auto desk = make_desk();
    static int runs = 0;
    std::istringstream for_inspection{file};
    if (auto const header = verify_slice(for_inspection); !header) must_have_a_sentence(header.error());
    std::istringstream for_import{file};
    auto const report = import_file(*desk, for_import, [](Hash const& hash, std::string_view photo) {
        if (hash_of(photo) != hash) std::abort();
    });
    if (!report) must_have_a_sentence(report.error());
    // What was taken in must be readable and printable again.
    if (report && !desk->duties(desk->now(), DutyFilter::all)) std::abort();
    if (++runs % 2000 == 0) desk = make_desk();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string const file{reinterpret_cast<char const*>(data), size};
    take(file);
    take(repaired(file));
    return 0;
}
