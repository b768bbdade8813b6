// What a damaged disk may hand to the loader: it never crashes, and answers with a state that was committed or with a
// refusal that says what is wrong.

#include "core/base/strings.h"
#include "core/store/database.h"
#include "tests/core/store/fake_store.h"

using namespace guanjia;
using testing::digest_of;
using testing::FakeStore;
using testing::Fate;
using testing::Random;

namespace {

// Segments and a log behind them, with the digest of every commit.
struct Kept {
    explicit Kept(Mirror::Options wanted = {.log_records_limit = 8}) : options{wanted} {
        Mirror mirror{"kept", store, {}, options};
        mirror.claim();
        digests[0] = digest_of(mirror);
        {
            Database database{"desk", Database::Mode::create, Database::Durability::none, "kept"};
            database.execute("CREATE TABLE thing(id INTEGER PRIMARY KEY, body)");
            for (int commit = 0; commit < 20 || store.count(BlockArea::log) < 4; ++commit) {
                database.execute("INSERT INTO thing(body) VALUES(randomblob(" +
                                 std::string{commit % 5 == 0 ? "70000" : "3000"} + "))");
                digests[mirror.committed()] = digest_of(mirror);
                mirror.flush();
                store.settle_all();
            }
        }
    }
    MirrorHead head() { return *decode_head(store.head()->bytes); }
    void put_head(MirrorHead const& head) { store.head() = BlockHead{head.epoch, head.sequence, encode_head(head)}; }
    std::string& first_of(BlockArea area) { return store.records.lower_bound({area, {}})->second; }

    FakeStore store;
    Mirror::Options options;
    std::map<std::uint64_t, std::uint64_t> digests;
};

// Goes on with what is left, and is whole again.
void goes_on(Kept& kept, MirrorContent content) {
    auto const digest = digest_of(content.file);
    auto const cut_through = content.cut_through;
    Mirror mirror{"again", kept.store, std::move(content), kept.options};
    CHECK(digest_of(mirror) == digest);
    CHECK(mirror.committed() >= cut_through);
    mirror.claim();
    kept.store.settle_all();
    REQUIRE(mirror.state() == SaveState::saved);
    auto const claimed = kept.store.load();
    REQUIRE(claimed);
    CHECK_FALSE(claimed->tail_was_cut());
    CHECK(digest_of(claimed->file) == digest);
    Database database{"desk", Database::Mode::create, Database::Durability::none, "again"};
    if (mirror.size() > 0 && database.integer("SELECT count(*) FROM sqlite_schema") > 0)
        for (int commit = 0; commit < 10; ++commit) {
            database.execute("INSERT INTO thing(body) VALUES('new')");
            mirror.flush();
            kept.store.settle_all();
            auto const now = kept.store.load();
            REQUIRE(now);
            CHECK_FALSE(now->tail_was_cut());
            CHECK(digest_of(now->file) == digest_of(mirror));
        }
    CHECK(mirror.state() == SaveState::saved);
}

}  // namespace

TEST_CASE("the sum is Castagnoli's, for every length") {
    CHECK(crc32c("123456789") == 0xE3069283);
    CHECK(crc32c("") == 0);
    CHECK(crc32c(std::string(32, '\0')) == 0x8A9136AA);
    // Eight at a time and one at a time agree: a sum over two pieces is that of the whole.
    std::string text;
    for (int size = 0; size < 40; ++size) {
        auto slow = ~std::uint32_t{0};
        for (auto const byte : text) {
            slow ^= static_cast<unsigned char>(byte);
            for (int bit = 0; bit < 8; ++bit) slow = (slow >> 1) ^ ((slow & 1) != 0 ? 0x82F63B78U : 0U);
        }
        CHECK(crc32c(text) == ~slow);
        text += static_cast<char>(size * 37);
    }
}

TEST_CASE("head, log and segments are read as they were written") {
    MirrorHead const head{3, 90, 88, 70, 300, {4, 1}, {{71, 75}, {89, 90}}};
    CHECK(*decode_head(encode_head(head)) == head);
    PageSet set;
    for (std::uint32_t page = 0; page < 30; ++page)
        set[page * 2] = std::string(mirror_page_size, static_cast<char>(page));
    auto const parts = encode_log(7, 5, 100, set);
    REQUIRE(parts.size() == 3);
    for (auto const& part : parts) CHECK(part.bytes.size() <= 60 * 1024);
    CHECK(parts[0].bytes.size() >= 32 * 1024);
    auto const second = decode_log_part(parts[1].bytes);
    REQUIRE(second);
    CHECK(second->sequence == 7);
    CHECK(second->before == 5);
    CHECK(second->parts == 3);
    CHECK(second->set.front().first == 28);
    auto segment = encode_segment(2, 9, std::string(mirror_page_size * 2, 'x')).bytes;
    auto other = segment;
    CHECK_FALSE(decode_segment(other, {2, 8}, 2));
    CHECK_FALSE(decode_segment(other, {2, 9}, 3));
    CHECK(decode_segment(segment, {2, 9}, 2));
    CHECK(segment == std::string(mirror_page_size * 2, 'x'));
}

TEST_CASE("nothing at all is a new database; records without a head are not") {
    MirrorLoader empty;
    auto const content = empty.finish();
    REQUIRE(content);
    CHECK(content->head.epoch == 0);
    CHECK(content->file.pages() == 0);
    Kept kept;
    kept.store.head().reset();
    MirrorLoader loader;
    CHECK(kept.store.load_with(loader).error().reason == "store.damaged");
    CHECK(loader.findings().front() == MirrorFinding{MirrorFinding::What::head, {}, MirrorFault::missing});
}

TEST_CASE("a head of a newer format is refused, unless it says that we may read it") {
    Kept kept;
    auto& bytes = kept.store.head()->bytes;
    auto const reseal = [&] {
        bytes.resize(bytes.size() - 4);
        auto const sum = crc32c(bytes);
        for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>((sum >> shift) & 0xFF);
    };
    bytes[4] = 2;
    bytes.insert(bytes.size() - 4, "more to say");
    reseal();
    CHECK(kept.store.load());
    bytes[8] = 2;
    reseal();
    CHECK(kept.store.load().error().reason == "store.newer");
    bytes[20] ^= 1;
    CHECK(kept.store.load().error().reason == "store.damaged");
}

TEST_CASE("a damaged segment is refused and every damaged one is named") {
    Kept kept;
    MirrorLoader loader;
    auto& bytes = kept.first_of(BlockArea::segment);
    SUBCASE("a bit") { bytes[5000] ^= 4; }
    SUBCASE("cut short") { bytes.resize(bytes.size() / 2); }
    SUBCASE("empty") { bytes.clear(); }
    auto const refused = kept.store.load_with(loader);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().reason == "store.damaged");
    CHECK(refused.error().details.front().second == "segment 0");
    REQUIRE(loader.findings().size() == 1);
    CHECK(loader.findings().front().fault == MirrorFault::altered);
    CHECK(loader.findings().front().key == BlockKey{0, kept.head().generations[0]});
}

TEST_CASE("a damaged log is cut to what is whole, the rest is kept, and work goes on behind it") {
    Kept kept;
    auto head = kept.head();
    auto const whole = kept.store.load();
    REQUIRE(whole->log.records >= 4);
    std::vector<std::uint64_t> sequences;
    for (auto const& record : kept.store.records)
        if (record.first.first == BlockArea::log && record.first.second.second == 0)
            sequences.push_back(record.first.second.first);
    for (std::size_t at = 0; at < sequences.size(); ++at)
        for (int way = 0; way < 3; ++way) {
            Kept copy;
            copy.store.records = kept.store.records;
            copy.store.head() = kept.store.head();
            auto& records = copy.store.records;
            auto const place = records.find({BlockArea::log, {sequences[at], 0}});
            if (way == 0) records.erase(place);
            if (way == 1) place->second[place->second.size() / 2] ^= 1;
            if (way == 2) place->second.resize(place->second.size() - 1);
            auto const before = records.size();
            MirrorLoader loader;
            auto content = copy.store.load_with(loader);
            REQUIRE(content);
            CHECK(content->tail_was_cut());
            CHECK(content->sequence == (at == 0 ? head.compacted : sequences[at - 1]));
            CHECK(digest_of(content->file) == kept.digests.at(content->sequence));
            CHECK(content->cut_through == head.last);
            CHECK(content->cut_records >= sequences.size() - at - 1);
            CHECK_FALSE(loader.findings().empty());
            auto const cut = content->cut_records;
            goes_on(copy, std::move(*content));
            // Nothing was deleted on its own: what was cut is still there for whoever can read more of it.
            std::size_t left = 0;
            for (auto const& record : records)
                if (record.first.first == BlockArea::log && record.first.second.second == 0 &&
                    record.first.second.first >= sequences[at] && record.first.second.first <= head.last)
                    ++left;
            CHECK(left + 1 >= cut);
            CHECK(before > 0);
        }
}

TEST_CASE("damage upon damage: the log is cut again where it was cut before") {
    Kept kept{{.log_records_limit = 100}};
    kept.store.records.erase({BlockArea::log, {12, 0}});
    auto content = kept.store.load();
    CHECK(content->sequence == 11);
    goes_on(kept, std::move(*content));
    auto const after = kept.head();
    CHECK(after.cut.size() == 1);
    // Now one behind, and one before.
    kept.store.records.erase({BlockArea::log, {after.last - 3, 0}});
    content = kept.store.load();
    CHECK(content->sequence == after.last - 4);
    goes_on(kept, std::move(*content));
    CHECK(kept.head().cut.size() == 2);
    kept.store.records.erase({BlockArea::log, {5, 0}});
    content = kept.store.load();
    CHECK(content->sequence == 4);
    CHECK(digest_of(content->file) == kept.digests.at(4));
    goes_on(kept, std::move(*content));
    CHECK(kept.head().cut.size() == 1);
}

TEST_CASE("a claim after a cut that was told to have failed had landed, with a commit") {
    Kept kept{{.log_records_limit = 100}};
    kept.store.records.erase({BlockArea::log, {12, 0}});
    auto content = kept.store.load();
    {
        Mirror mirror{"again", kept.store, std::move(*content), kept.options};
        Database database{"desk", Database::Mode::create, Database::Durability::none, "again"};
        database.execute("INSERT INTO thing(body) VALUES('new')");
        mirror.claim();
        kept.store.settle(Fate::failed_but_kept);
        mirror.retry();
        kept.store.settle_all();
        CHECK(mirror.state() == SaveState::saved);
        auto const now = kept.store.load();
        REQUIRE(now);
        CHECK_FALSE(now->tail_was_cut());
        CHECK(digest_of(now->file) == digest_of(mirror));
    }
}

TEST_CASE("a record behind the head, or one that promises more than it brings, makes no state") {
    Kept kept;
    auto const head = kept.head();
    auto const pages = kept.store.load()->file.pages();
    PageSet const one{{0, std::string(mirror_page_size, 'x')}};
    auto put = encode_log(head.last + 5, head.last, pages, one);
    SUBCASE("behind the head") {}
    SUBCASE("a database of 2 GiB out of one page") {
        auto changed = head;
        changed.sequence = changed.last = head.last + 5;
        kept.put_head(changed);
        put = encode_log(head.last + 5, head.last, mirror_page_limit, one);
    }
    kept.store.records[{BlockArea::log, put[0].key}] = put[0].bytes;
    MirrorLoader loader;
    auto content = kept.store.load_with(loader);
    REQUIRE(content);
    CHECK(content->sequence == head.last);
    CHECK(content->file.pages() == pages);
    CHECK(content->cut_through == head.last + 5);
    CHECK(loader.findings().size() == 1);
    goes_on(kept, std::move(*content));
}

TEST_CASE("any bit anywhere, any end cut off, any record gone: a state that was committed, or a refusal") {
    Kept const kept;
    Random random{7};
    std::size_t refused = 0;
    std::size_t cut = 0;
    for (int round = 0; round < testing::rounds(400); ++round) {
        Kept copy{kept};
        // One wound or several.
        for (auto wounds = 1 + random.below(3); wounds > 0; --wounds) {
            auto place = copy.store.records.begin();
            std::advance(place, static_cast<std::ptrdiff_t>(random.below(copy.store.records.size())));
            auto& bytes = random.below(5) == 0 ? copy.store.head()->bytes : place->second;
            if (bytes.empty()) continue;
            switch (random.below(3)) {
                case 0: bytes.resize(random.below(bytes.size())); break;
                case 1: {
                    auto& byte = bytes[random.below(bytes.size())];
                    byte = static_cast<char>(byte ^ (1 << random.below(8)));
                    break;
                }
                default: copy.store.records.erase(place);
            }
        }
        MirrorLoader loader;
        auto content = copy.store.load_with(loader, &random);
        if (!content) {
            ++refused;
            CHECK(has_sentence("refusal." + content.error().reason));
            continue;
        }
        if (content->tail_was_cut()) ++cut;
        CHECK(digest_of(content->file) == kept.digests.at(content->sequence));
        goes_on(copy, std::move(*content));
    }
    CHECK(refused > static_cast<std::size_t>(testing::rounds(400)) / 8);
    CHECK(cut > static_cast<std::size_t>(testing::rounds(400)) / 8);
}
