// Photos in day files: carried when asked for, taken in when a ticket names them.

#include <map>

#include "core/base/photo.h"
#include "tests/core/photos.h"
#include "tests/core/support.h"

using namespace guanjia;
using testing::day;
using testing::jpeg;
using testing::TestDesk;

namespace {

// A desk that keeps photos in memory.
struct KeepingDesk : TestDesk {
    using TestDesk::TestDesk;
    std::map<Hash, std::string> kept;

    void add_photo(std::string const& ticket, std::string const& bytes) {
        auto const hash = hash_of(bytes);
        kept[hash] = bytes;
        does("add_photo", "G01",
             {{"ticket", ticket}, {"hash", format_hash(hash)}, {"bytes", std::to_string(bytes.size())}});
    }
    std::string day_file(bool with_photos) {
        std::ostringstream to;
        PhotoSource source;
        if (with_photos)
            source = [this](Hash const& hash) {
                auto const found = kept.find(hash);
                return found == kept.end() ? std::nullopt : std::optional{found->second};
            };
        REQUIRE(export_day(**this, day("2026-02-13"), to, source));
        return to.str();
    }
    Result<ImportReport> take(std::string const& file) {
        std::istringstream bytes{file};
        return import_file(**this, bytes, [this](Hash const& hash, std::string_view photo) { kept[hash] = photo; });
    }
};

struct DayWithPhotos : KeepingDesk {
    DayWithPhotos() {
        staffed();
        clock("2026-02-13T18:00");
        auto const ticket = complaint();
        for (auto index = 0; index < 9; ++index)
            add_photo(ticket, jpeg(std::string(2000, static_cast<char>('a' + index))));
    }
};

std::string repaired(std::string const& file) {
    auto const body = file.substr(0, file.size() - 5 - 32);
    auto const digest = hash_of(body);
    return body + std::string{"\x03\x20\x00\x00\x00", 5} + std::string{bytes_of(digest)};
}

}  // namespace

TEST_CASE("a day file carries its photos when they are asked for, and headquarters keeps them") {
    DayWithPhotos desk;
    auto const plain = desk.day_file(false);
    auto const whole = desk.day_file(true);
    CHECK(whole.size() > plain.size() + 9 * 2000);
    KeepingDesk headquarters{1, "HQ", 7, true};
    headquarters.clock("2026-02-13T19:00");
    REQUIRE(headquarters.take(plain));
    CHECK(headquarters.kept.empty());
    // They may come later, and again.
    for (auto round = 0; round < 2; ++round) {
        auto const report = headquarters.take(whole);
        REQUIRE(report);
        CHECK(report->added == 0);
        CHECK(report->photos == 9);
        CHECK(headquarters.kept == desk.kept);
    }
    CHECK(headquarters->tables_digest() == desk->tables_digest());
}

TEST_CASE("photos that are not here, or are not what they were, are left out of a day file and the rest is whole") {
    DayWithPhotos desk;
    desk.kept.erase(desk.kept.begin());
    desk.kept.begin()->second = jpeg("another");
    KeepingDesk headquarters{1, "HQ", 7, true};
    headquarters.clock("2026-02-13T19:00");
    auto const report = headquarters.take(desk.day_file(true));
    REQUIRE(report);
    CHECK(report->photos == 7);
}

TEST_CASE("a photo that nothing names, or whose ticket is void, is not kept") {
    DayWithPhotos desk;
    auto const file = desk.day_file(true);
    KeepingDesk other{2, "SZ01", 3};
    other.clock("2026-02-13T19:00");
    REQUIRE(other.take(desk.slice()));
    other.does("void_record", "M01", {{"record", other.ask("tickets", "number").front()}, {"reason", "误登"}});
    auto const report = other.take(file);
    REQUIRE(report);
    CHECK(report->photos == 0);
    CHECK(other.kept.empty());
    // Put in by somebody else, with a digest of its own.
    auto const stranger = jpeg("stranger");
    std::string frame{"\x04", 1};
    for (unsigned shift = 0; shift < 32; shift += 8) frame += static_cast<char>(stranger.size() >> shift);
    auto const end = file.size() - 5 - 32;
    auto const forged = repaired(file.substr(0, end) + frame + stranger + file.substr(end));
    KeepingDesk headquarters{1, "HQ", 7, true};
    headquarters.clock("2026-02-13T19:00");
    auto const taken = headquarters.take(forged);
    REQUIRE(taken);
    CHECK(taken->photos == 9);
    CHECK_FALSE(headquarters.kept.contains(hash_of(stranger)));
}

TEST_CASE("what is no photo in a photo's place makes a file damaged, and a file without photos may hold none") {
    DayWithPhotos desk;
    KeepingDesk other{2, "SZ01", 3};
    other.clock("2026-02-13T19:00");
    auto const why = [&](std::string const& file) {
        auto const report = other.take(file);
        REQUIRE_FALSE(report);
        CHECK(other->journal().count() == 0);
        return report.error().reason + " " + (report.error().details.empty() ? "" : report.error().details[0].second);
    };
    auto file = desk.day_file(true);
    auto broken = file;
    broken.replace(broken.find("\xFF\xD8\xFF\xC0"), 4, "BM\x01\x02");
    CHECK(why(repaired(broken)) == "exchange.damaged photo");
    auto cut = file;
    cut[cut.size() - 100] ^= 1;
    CHECK(why(cut) == "exchange.damaged digest");
    auto const plain = desk.day_file(false);
    auto const photo = jpeg("x");
    std::string frame{"\x04", 1};
    for (unsigned shift = 0; shift < 32; shift += 8) frame += static_cast<char>(photo.size() >> shift);
    CHECK(why(repaired(plain.substr(0, plain.size() - 37) + frame + photo + plain.substr(plain.size() - 37))) ==
          "exchange.damaged frame of an unknown kind");
    CHECK(other.kept.empty());
}
