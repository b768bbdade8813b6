// Random work on a mirror whose store fails at random: whatever happens, the state that is reopened is exactly that of
// some commit, and not older than the last one that was said to be saved.

#include "core/store/database.h"
#include "tests/core/store/fake_store.h"

using namespace guanjia;
using testing::digest_of;
using testing::FakeStore;
using testing::Fate;
using testing::Random;

namespace {

class Campaign {
public:
    explicit Campaign(std::uint64_t seed) : random_{seed}, trouble_{random_.below(4)} {
        static constexpr std::size_t bytes_limits[] = {16 << 10, 64 << 10, 256 << 10, 1 << 20};
        options_.log_records_limit = static_cast<std::uint32_t>(1 + random_.below(12));
        options_.log_bytes_limit = bytes_limits[random_.below(4)];
        if (random_.below(5) == 0) options_.pending_limit = 30 << 10;
        spills_ = random_.below(2) == 0;
        // Most databases stay within one segment, so that many seeds are quick.
        large_ = random_.below(12) == 0;
        open("mirror");
    }
    Campaign(Campaign const&) = delete;
    Campaign& operator=(Campaign const&) = delete;
    ~Campaign() { database_.reset(); }

    void run() {
        auto const steps = 15 + random_.below(25);
        for (std::size_t step = 0; step < steps; ++step) {
            progress();
            act();
        }
        finish();
    }

    std::uint64_t commits = 0;
    std::uint64_t crashes = 0;
    std::uint64_t refused = 0;
    std::uint64_t stolen = 0;
    std::uint64_t compactions = 0;

private:
    void act() {
        switch (random_.below(16)) {
            case 0: return crash();
            case 1: return roll_back();
            case 2: return savepoint();
            case 3: return shrink();
            case 4: bulk_ = !bulk_; return mirror_->bulk(bulk_);
            case 5: {
                auto const wanted = mirror_->flush();
                CHECK(wanted == mirror_->committed());
                return;
            }
            case 6: return reconnect();
            case 7: return random_.below(3) == 0 ? take_over() : work();
            case 8: return large_ ? grow() : work();
            default: return work();
        }
    }

    // The store goes on by some steps, as it likes.
    void progress() {
        for (auto steps = random_.below(4); steps > 0; --steps) {
            if (mirror_->retry_delay() > 0) {
                CHECK(mirror_->retry_delay() >= 250);
                CHECK(mirror_->retry_delay() <= 30'000);
                mirror_->retry();
            }
            mirror_->pump();
            if (!store_.waits()) return;
            for (auto const& put : store_.next().puts)
                if (put.area == BlockArea::segment) ++compactions;
            store_.settle(fate());
            saved_ = std::max(saved_, mirror_->saved());
            CHECK(mirror_->saved() <= mirror_->committed());
        }
    }
    Fate fate() {
        if (random_.below(4) >= trouble_) return Fate::complete;
        static constexpr Fate fates[] = {Fate::failed, Fate::failed_but_kept, Fate::full, Fate::complete};
        return fates[random_.below(4)];
    }

    void open(std::string const& name) {
        auto content = store_.load(&random_);
        REQUIRE(content);
        REQUIRE_FALSE(content->tail_was_cut());
        CHECK(content->cut_records == 0);
        CHECK(content->sequence >= saved_);
        auto const digest = digest_of(content->file);
        auto const expected = std::prev(digests_.upper_bound(content->sequence));
        REQUIRE(digest == expected->second);
        mirror_ = std::make_unique<Mirror>(name, store_, std::move(*content), options_);
        digests_ = {{mirror_->committed(), digest}};
        saved_ = mirror_->saved();
        CHECK(mirror_->state() == SaveState::saved);
        mirror_->claim();
        mirror_->bulk(bulk_);
        connect();
        auto check = database_->prepare("PRAGMA integrity_check");
        REQUIRE(check.step());
        REQUIRE(check.text(0) == "ok");
    }
    void connect() {
        database_ =
            std::make_unique<Database>("desk", Database::Mode::create, Database::Durability::none, mirror_->name());
        if (spills_) database_->execute("PRAGMA cache_size=" + std::to_string(2 + random_.below(8)));
        rows_ = rows();
        attempt([&] {
            database_->execute(
                "CREATE TABLE IF NOT EXISTS thing(id INTEGER PRIMARY KEY, kind INTEGER, body BLOB);"
                "CREATE INDEX IF NOT EXISTS thing_kind ON thing(kind, id);");
        });
    }

    // SQL that may be refused, as a whole. What memory holds afterwards is either its commit or what was before.
    template <class Work>
    void attempt(Work&& work) {
        note_number();
        auto const before = mirror_->committed();
        try {
            work();
            if (mirror_->committed() > before) ++commits;
            CHECK_FALSE(mirror_->read_only());
        } catch (StoreFault const& fault) {
            ++refused;
            auto const lawful = fault.kind == StoreFault::Kind::full || mirror_->read_only();
            INFO(fault.what());
            CHECK(lawful);
        }
        auto const rows_before = std::exchange(rows_, rows());
        if (mirror_->committed() == before) REQUIRE(rows_ == rows_before);
        digests_.try_emplace(mirror_->committed(), digest_of(*mirror_));
    }
    // Of what a person would see. Bytes differ after a rollback: SQLite does not restore free pages.
    std::uint64_t rows() {
        std::uint64_t sum = 0;
        if (database_->integer("SELECT count(*) FROM sqlite_schema WHERE name = 'thing'") == 0) return sum;
        auto all = database_->prepare("SELECT id, kind, body FROM thing ORDER BY id");
        while (all.step()) {
            sum = sum * 31 + static_cast<std::uint64_t>(all.integer(0) * 1009 + all.integer(1));
            sum = (sum ^ std::hash<std::string_view>{}(all.blob(2))) * 0x9E3779B97F4A7C15ULL;
        }
        return sum;
    }
    // An attempt may be given a new number: of the state that was the last one then.
    void note_number() {
        if (!digests_.contains(mirror_->committed())) digests_[mirror_->committed()] = digests_.rbegin()->second;
    }

    void change() {
        note_number();
        auto const count = 1 + random_.below(6);
        for (std::size_t each = 0; each < count; ++each) {
            auto const id = std::to_string(random_.below(60));
            auto const size = std::to_string(random_.below(random_.below(5) == 0 ? 20'000 : 1500));
            auto const seed = std::to_string(random_.below(1000));
            switch (random_.below(4)) {
                case 0: database_->execute("DELETE FROM thing WHERE id = " + id); break;
                case 1:
                    database_->execute("UPDATE thing SET kind = " + seed + " WHERE id BETWEEN " + id + " AND " + id +
                                       " + 5");
                    break;
                default:
                    database_->execute("INSERT OR REPLACE INTO thing VALUES(" + id + "," + seed +
                                       ", CAST(substr(hex(zeroblob(" + size + ")) || '" + seed + "', 1, " + size +
                                       ") AS BLOB))");
            }
            // The store does not wait for transactions to end.
            if (random_.below(6) == 0) {
                progress();
                note_number();
            }
        }
    }

    void work() {
        attempt([&] {
            Transaction transaction{*database_};
            change();
            transaction.commit();
        });
    }
    void roll_back() {
        attempt([&] {
            Transaction transaction{*database_};
            change();
            if (large_) fill(300);
        });
    }
    void savepoint() {
        attempt([&] {
            Transaction transaction{*database_};
            change();
            database_->execute("SAVEPOINT inner_one");
            change();
            if (random_.below(2) == 0) fill(20);
            database_->execute("ROLLBACK TO inner_one; RELEASE inner_one");
            if (random_.below(3) == 0) return;
            change();
            transaction.commit();
        });
    }
    void shrink() {
        attempt([&] { database_->execute("DELETE FROM thing WHERE id > " + std::to_string(random_.below(30))); });
        note_number();
        if (random_.below(2) == 0) attempt([&] { database_->execute("VACUUM"); });
    }
    void grow() {
        attempt([&] {
            Transaction transaction{*database_};
            fill(200 + random_.below(400));
            transaction.commit();
        });
    }
    void fill(std::size_t rows) {
        database_->execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
                           std::to_string(rows) +
                           ") INSERT INTO thing(kind, body) SELECT i, randomblob(0) || zeroblob(3500) FROM n");
    }

    void reconnect() {
        note_number();
        database_.reset();
        auto const before = rows_;
        connect();
        CHECK(rows_ == before);
    }

    void crash() {
        ++crashes;
        if (store_.waits()) store_.settle(random_.below(2) == 0 ? Fate::kept : Fate::lost);
        leave();
        store_.crash(random_.below(store_.relaxed() + 1));
        open("mirror");
    }
    void leave() {
        note_number();
        database_.reset();
        mirror_.reset();
        bulk_ = false;
    }

    // Another tab opens the same store and claims it; this one finds out at its next write. Or this one's write comes
    // first, and then it is the other that must give way.
    void take_over() {
        if (mirror_->state() == SaveState::not_saved || store_.waits()) return work();
        mirror_->pump();
        auto const moves = [this] { return store_.next().head.sequence != store_.next().expected_sequence; };
        while (store_.waits() && (!moves() || random_.below(2) == 0)) store_.settle();
        auto const races = store_.waits();
        note_number();
        saved_ = std::max(saved_, mirror_->saved());
        ++stolen;
        auto old_mirror = std::move(mirror_);
        auto old_database = std::move(database_);
        auto const old_digests = digests_;
        open(old_mirror->name() == "mirror" ? "thief" : "mirror");
        if (races) {
            store_.settle_all();
            CHECK(mirror_->read_only());
            if (!bulk_) CHECK(old_mirror->saved() == old_mirror->committed());
            digests_ = old_digests;
            saved_ = old_mirror->saved();
            old_database.reset();
            old_mirror.reset();
            database_.reset();
            mirror_.reset();
            store_.crash();
            return open("mirror");
        }
        store_.settle();
        CHECK_FALSE(mirror_->read_only());
        auto const old_saved = old_mirror->saved();
        try {
            old_database->execute("INSERT INTO thing(kind) VALUES(1)");
        } catch (StoreFault const&) {
            CHECK(old_mirror->pending_bytes() > options_.pending_limit);
        }
        old_mirror->flush();
        store_.settle_all();
        CHECK(old_mirror->saved() == old_saved);
        CHECK(old_mirror->state() == SaveState::read_only);
        CHECK_THROWS_AS(old_database->execute("INSERT INTO thing(kind) VALUES(2)"), StoreFault);
    }

    void finish() {
        for (int round = 0; round < 60 && !mirror_->read_only(); ++round) {
            if (bulk_) mirror_->bulk(bulk_ = false);
            mirror_->flush();
            mirror_->retry();
            while (store_.waits()) store_.settle();
        }
        CHECK(mirror_->state() == SaveState::saved);
        CHECK(mirror_->pending_bytes() == 0);
        saved_ = mirror_->saved();
        leave();
        auto const last = digests_.rbegin()->second;
        store_.crash(store_.relaxed());
        open("mirror");
        CHECK(digests_.rbegin()->second == last);
    }

    Random random_;
    std::size_t trouble_;
    FakeStore store_;
    Mirror::Options options_;
    bool spills_ = false;
    bool large_ = false;
    bool bulk_ = false;
    std::map<std::uint64_t, std::uint64_t> digests_{{0, digest_of(MirrorFile{})}};
    std::uint64_t saved_ = 0;
    std::uint64_t rows_ = 0;
    std::unique_ptr<Mirror> mirror_;
    std::unique_ptr<Database> database_;
};

void campaign(std::uint64_t from, std::uint64_t to) {
    std::uint64_t commits = 0;
    std::uint64_t crashes = 0;
    std::uint64_t refused = 0;
    std::uint64_t stolen = 0;
    std::uint64_t compactions = 0;
    for (auto seed = from; seed < to; ++seed) {
        INFO("seed " << seed);
        Campaign one{seed};
        one.run();
        commits += one.commits;
        crashes += one.crashes;
        refused += one.refused;
        stolen += one.stolen;
        compactions += one.compactions;
    }
    MESSAGE(commits << " commits, " << crashes << " crashes, " << refused << " refused, " << stolen << " taken over, "
                    << compactions << " segments written");
    // A campaign in which nothing happens proves nothing.
    CHECK(commits > (to - from) * 5);
    CHECK(crashes > (to - from) / 4);
    CHECK(refused > 0);
    CHECK(stolen > 0);
    CHECK(compactions > to - from);
}

}  // namespace

TEST_CASE("whatever the store does, a mirror is reopened at a commit that is no older than the last saved one") {
    campaign(1, 1 + static_cast<std::uint64_t>(testing::rounds(2000)));
}

TEST_SUITE("deep") {
    TEST_CASE("deep: whatever the store does, over 100,000 seeds" * doctest::skip()) { campaign(10'000, 110'000); }
}
