#include "tests/core/photos.h"
#include "core/base/photo.h"
#include "core/desk/snapshots.h"
#include "core/service/photos/queries.h"
#include "tests/core/support.h"

using namespace guanjia;
using testing::jpeg;
using testing::TestDesk;

namespace {

struct PhotoDesk : TestDesk {
    PhotoDesk() {
        staffed();
        clock("2026-02-13T18:00");
        ticket = complaint("2026-02-13T09:00", {{"owner", owner}});
    }
    TestDesk::Fields photo(std::string const& bytes) const {
        return {{"ticket", ticket}, {"hash", format_hash(hash_of(bytes))}, {"bytes", std::to_string(bytes.size())}};
    }
    std::string ticket;
};

}  // namespace

TEST_CASE("GEN-3.1 a photo belongs to a ticket, open or finished, once") {
    PhotoDesk desk;
    auto const first = jpeg("one");
    desk.does("add_photo", "G01", desk.photo(first), "2026-02-13T10:00");
    CHECK(desk.refused("add_photo", "G01", desk.photo(first)) == "photo.known");
    desk.own(desk.ticket, "2026-02-13T10:00");
    desk.close(desk.ticket, "2026-02-13T15:00");
    // A worker shows what was done.
    desk.does("add_photo", "W01", desk.photo(jpeg("two")), "2026-02-13T15:30");
    CHECK(desk.ask("photos", "by") == std::vector<std::string>{"G01", "W01"});
    CHECK(desk.ask("photos", "hash").front() == format_hash(hash_of(first)));
    CHECK(desk.ask("timeline", "step").back() == "photo");
}

TEST_CASE(
    "GEN-3.1 a photo without a hash, of no size or too large, before its ticket or by nobody entitled is refused") {
    PhotoDesk desk;
    auto const with = [&](std::string hash, std::string bytes) {
        return TestDesk::Fields{{"ticket", desk.ticket}, {"hash", std::move(hash)}, {"bytes", std::move(bytes)}};
    };
    auto const hash = format_hash(hash_of("x"));
    CHECK(desk.refused("add_photo", "G01", with("abc", "10")) == "photo.not-a-hash");
    CHECK(desk.refused("add_photo", "G01", with(hash, "0")) == "photo.too-large");
    CHECK(desk.refused("add_photo", "G01", with(hash, std::to_string(photo_limit + 1))) == "photo.too-large");
    CHECK(desk.refused("add_photo", "G01", with(hash, "10"), "2026-02-12T09:00") == "ticket.before-registration");
    desk.does("add_staff", "M01", {{"code", "C01"}, {"name", "钱会计"}});
    desk.does("grant_role", "M01", {{"staff", "C01"}, {"role", "cashier"}});
    CHECK(desk.refused("add_photo", "C01", with(hash, "10")) == "GEN-3.1 role.front-desk-or-supervisor");
    desk.does("add_photo", "G01", with(hash, std::to_string(photo_limit)));
    desk.does("void_record", "M01", {{"record", desk.ticket}, {"reason", "误登"}});
    CHECK(desk.refused("add_photo", "G01", with(format_hash(hash_of("y")), "10")) == "ticket.void");
}

TEST_CASE("GEN-5.3 a photo that is void is shown no more and named all the same; an erased person's is named no more") {
    PhotoDesk desk;
    auto const one = jpeg("one");
    auto const two = jpeg("two");
    auto const first = desk.does("add_photo", "G01", desk.photo(one));
    desk.does("add_photo", "G01", desk.photo(two));
    auto& database = desk->database();
    desk.does("void_record", "G01", {{"record", first}, {"reason", "拍错"}});
    CHECK_FALSE(is_photo_wanted(database, hash_of(one)));
    CHECK(is_photo_named(database, hash_of(one)));
    CHECK(is_photo_wanted(database, hash_of(two)));
    auto const id = *desk->find_record(nullptr, desk.ticket, "ticket");
    auto const shown = ticket_snapshot(*desk, id, desk->now());
    REQUIRE(shown);
    REQUIRE(shown->photos.size() == 1);
    CHECK(shown->photos[0].hash == format_hash(hash_of(two)));
    desk.does("erase_owner", "M01", {{"owner", desk.owner}, {"reason", "本人要求"}});
    CHECK_FALSE(is_photo_named(database, hash_of(one)));
    CHECK_FALSE(is_photo_named(database, hash_of(two)));
    CHECK(ticket_snapshot(*desk, id, desk->now())->photos.empty());
    CHECK((*desk->check()).sound);
}
