#include "core/exchange/import.h"

#include <algorithm>
#include <istream>
#include <sstream>

#include "core/base/text.h"

namespace guanjia {

namespace {

// meta key: set once a file has been verified and stands in base_import, until it has been applied.
constexpr char const* applying_key = "import";

std::int64_t column(std::uint64_t value) { return static_cast<std::int64_t>(value); }

}  // namespace

Import::Import(ImportTarget target, std::istream& from)
    : target_{target}, reader_{std::make_unique<SliceReader>(from)} {}
Import::~Import() = default;

std::uint64_t Import::all() const {
    auto const& range = report_.header.range;
    return range.first == 0 ? 0 : range.last - range.first + 1;
}

Result<bool> Import::step(std::size_t budget) {
    if (phase_ == Phase::header) {
        if (auto started = start(); !started) return tl::unexpected{started.error()};
        phase_ = Phase::verify;
    }
    auto const until = done_ + budget;
    while (phase_ == Phase::verify && done_ < until) {
        auto more = verify(static_cast<std::size_t>(until - done_));
        if (!more) {
            target_.database.execute("DELETE FROM base_import");
            return tl::unexpected{more.error()};
        }
        if (*more) continue;
        if (auto ended = end_of_file(); !ended) {
            target_.database.execute("DELETE FROM base_import");
            return tl::unexpected{ended.error()};
        }
        phase_ = Phase::apply;
        done_ = 0;
        return false;
    }
    if (phase_ != Phase::apply) return phase_ == Phase::finished;
    auto finished = resume_import(target_, budget, applied_, &report_);
    if (!finished) return finished;
    done_ = report_.added + report_.known;
    if (!*finished) return false;
    report_.gaps = target_.journal.gaps(report_.header.desk.incarnation);
    phase_ = Phase::finished;
    return true;
}

Result<void> Import::start() {
    auto header = reader_->read_header();
    if (!header) return tl::unexpected{header.error()};
    report_.header = std::move(*header);
    auto const& desk = report_.header.desk;
    // Headquarters reads every centre, and so may whoever records nothing; a desk at work belongs to one.
    auto const& own = target_.identity;
    auto const at_work = target_.journal.last_number(own.incarnation) != 0;
    if (at_work && !own.headquarters && !desk.headquarters && desk.centre_code != own.centre_code)
        return refuse("exchange.other-centre", {"file"}, {{"theirs", desk.centre_name}, {"ours", own.centre_name}});
    target_.database.execute("DELETE FROM base_import");
    hash_ = report_.header.before;
    next_ = report_.header.range.first;
    if (auto const before = target_.journal.hash_of(desk.incarnation, next_ - 1); before && *before != hash_)
        fork_at_ = next_;
    return {};
}

Result<bool> Import::next_frame() {
    auto frame = reader_->next_frame();
    if (!frame) return tl::unexpected{frame.error()};
    if (!*frame) return false;
    auto entries = split_frame(**frame);
    if (!entries) return tl::unexpected{entries.error()};
    frame_ = std::move(**frame);
    before_frame_ = hash_;
    verified_ = {0, std::move(*entries), 0, hash_};
    return true;
}

// A part of a frame; false at the end of the file. The frame is set aside when the last of its entries is sound.
Result<bool> Import::verify(std::size_t budget) {
    if (frame_.empty())
        if (auto more = next_frame(); !more || !*more) return more;
    auto const& header = report_.header;
    auto const& entries = verified_.entries;
    for (; budget > 0 && verified_.next < entries.size(); --budget, ++verified_.next) {
        auto const& bytes = entries[verified_.next];
        auto const entry = decode_entry(header.desk.incarnation, bytes.body, bytes.personal);
        if (!entry) return tl::unexpected{entry.error()};
        if (entry->number != next_ || next_ > header.range.last)
            return refuse("exchange.damaged", {"file"}, {{"why", "order"}});
        hash_ = chain_next(hash_, bytes.body);
        auto const known = target_.journal.hash_of(header.desk.incarnation, next_);
        if (known && *known != hash_ && fork_at_ == 0) fork_at_ = next_;
        if (!known && entry->stamp().milliseconds() > target_.wall_milliseconds + stamp_ahead_limit_milliseconds)
            ahead_until_ = std::max(ahead_until_, entry->stamp().milliseconds());
        ++next_;
        ++done_;
    }
    if (verified_.next < entries.size()) return true;
    auto statement = target_.database.prepare("INSERT INTO base_import(before, frame) VALUES(?, ?)");
    statement.bind_blob(bytes_of(before_frame_)).bind_blob(frame_);
    statement.run();
    frame_.clear();
    verified_ = {};
    return true;
}

Result<void> Import::end_of_file() {
    auto const& header = report_.header;
    if (next_ != header.range.last + 1) return refuse("exchange.damaged", {"file"}, {{"why", "entries missing"}});
    if (hash_ != header.last) return refuse("exchange.damaged", {"file"}, {{"why", "chain"}});
    // What follows here may have been written after another history.
    if (fork_at_ == 0)
        if (auto const after = target_.journal.read(header.desk.incarnation, next_);
            after && chain_next(hash_, after->bytes.body) != after->hash)
            fork_at_ = next_;
    if (fork_at_ != 0) return keep_fork();
    if (ahead_until_ != 0) return keep_quarantined();
    target_.journal.save_desk(header.desk, false);
    target_.journal.set_meta(applying_key, format_incarnation(header.desk.incarnation));
    return {};
}

Result<void> Import::keep_fork() {
    auto const& desk = report_.header.desk;
    auto const found_at = from_unix_milliseconds(target_.wall_milliseconds);
    Transaction transaction{target_.database};
    auto hash = report_.header.before;
    auto number = report_.header.range.first;
    {
        auto frames = target_.database.prepare("SELECT frame FROM base_import ORDER BY position");
        while (frames.step()) {
            auto const entries = split_frame(frames.blob(0));
            if (!entries) return tl::unexpected{entries.error()};
            for (auto const& bytes : *entries) {
                hash = chain_next(hash, bytes.body);
                if (number++ < fork_at_) continue;
                auto keep = target_.database.prepare(
                    "INSERT OR IGNORE INTO base_fork(incarnation, number, hash, found_at, body, personal) VALUES(?, ?, "
                    "?, ?, ?, ?)");
                keep.bind(column(desk.incarnation))
                    .bind(column(number - 1))
                    .bind_blob(bytes_of(hash))
                    .bind(found_at.seconds);
                keep.bind_blob(bytes.body).bind_blob(bytes.personal);
                keep.run();
            }
        }
    }
    transaction.commit();
    return refuse("exchange.fork", {"file"},
                  {{"centre", desk.centre_name}, {"desk", desk.letter()}, {"number", std::to_string(fork_at_)}});
}

Result<void> Import::keep_quarantined() {
    auto const& header = report_.header;
    std::vector<std::pair<std::string, std::string>> details{
        {"centre", header.desk.centre_name},
        {"desk", header.desk.letter()},
        {"until", format_time(from_unix_milliseconds(ahead_until_))}};
    auto const size = target_.database.integer("SELECT sum(length(frame)) FROM base_import");
    if (static_cast<std::size_t>(size) > quarantine_file_limit)
        return refuse("exchange.quarantine-too-large", {"file"}, details);

    // Put together again as it came.
    std::ostringstream file_bytes;
    {
        SliceWriter writer{file_bytes, header};
        auto frames = target_.database.prepare("SELECT frame FROM base_import ORDER BY position");
        while (frames.step()) writer.put_entries(frames.blob(0));
        writer.finish();
    }
    auto const file = file_bytes.str();
    Transaction transaction{target_.database};
    auto keep = target_.database.prepare(
        "INSERT OR IGNORE INTO base_quarantine(digest, found_at, incarnation, first, last, ahead_until, file) "
        "VALUES(?, ?, ?, ?, ?, ?, ?)");
    keep.bind_blob(bytes_of(reader_->digest())).bind(from_unix_milliseconds(target_.wall_milliseconds).seconds);
    keep.bind(column(header.desk.incarnation)).bind(column(header.range.first)).bind(column(header.range.last));
    keep.bind(ahead_until_).bind_blob(file);
    keep.run();
    transaction.commit();
    return refuse("exchange.quarantined", {"file"}, std::move(details));
}

bool has_waiting_import(Database& database) {
    return database.integer("SELECT count(*) FROM (SELECT 1 FROM base_import LIMIT 1)") > 0;
}

namespace {

// The frame that is first in the line; false when there is none.
Result<bool> begin_frame(Database& database, FrameProgress& progress) {
    auto next = database.prepare("SELECT position, before, frame FROM base_import ORDER BY position LIMIT 1");
    if (!next.step()) return false;
    auto entries = split_frame(next.blob(2));
    if (!entries) return tl::unexpected{entries.error()};
    progress = {next.integer(0), std::move(*entries), 0, hash_from_bytes(next.blob(1)).value_or(Hash{})};
    return true;
}

// What came in so far stays; the file, taken in once more, is told to be a fork.
Result<bool> give_up_import(ImportTarget& target) {
    target.projection.forget_touched();
    target.database.execute("DELETE FROM base_import");
    target.database.prepare("DELETE FROM base_meta WHERE key = ?").bind_text(applying_key).run();
    return refuse("exchange.moved-on", {"file"});
}

}  // namespace

Result<bool> resume_import(ImportTarget& target, std::size_t budget, FrameProgress& progress, ImportReport* report) {
    auto const incarnation = parse_incarnation(target.journal.meta(applying_key));
    if (!incarnation) {
        target.database.execute("DELETE FROM base_import");
        return true;
    }
    while (budget > 0) {
        if (progress.position == 0) {
            auto const begun = begin_frame(target.database, progress);
            if (!begun) return begun;
            if (!*begun) {
                target.database.prepare("DELETE FROM base_meta WHERE key = ?").bind_text(applying_key).run();
                return true;
            }
        }
        auto const& entries = progress.entries;
        auto hash = progress.hash;
        auto next = progress.next;
        std::uint64_t added = 0;
        std::uint64_t known = 0;
        // Somebody went on at this very desk while its own lost days were looked through.
        auto moved_on = false;
        try {
            Transaction transaction{target.database};
            for (; budget > 0 && next < entries.size(); --budget, ++next) {
                auto const& bytes = entries[next];
                auto const entry = decode_entry(*incarnation, bytes.body, bytes.personal);
                if (!entry) return tl::unexpected{entry.error()};
                hash = chain_next(hash, bytes.body);
                if (auto const present = target.journal.hash_of(*incarnation, entry->number)) {
                    moved_on = *present != hash;
                    if (moved_on) break;
                    ++known;
                    continue;
                }
                target.journal.append(*entry, bytes, hash);
                target.projection.apply(*entry);
                target.clock.saw(entry->stamp());
                ++added;
            }
            if (!moved_on) {
                target.projection.derive();
                if (next == entries.size())
                    target.database.prepare("DELETE FROM base_import WHERE position = ?").bind(progress.position).run();
                transaction.commit();
            }
        } catch (StoreFault const&) {
            target.projection.forget_touched();
            throw;
        }
        if (moved_on) {
            progress = {};
            return give_up_import(target);
        }
        if (report) {
            report->added += added;
            report->known += known;
        }
        if (next == entries.size()) {
            progress = {};
        } else {
            progress.next = next;
            progress.hash = hash;
        }
    }
    return false;
}

std::vector<Quarantined> quarantined(Database& database) {
    auto row = database.prepare(
        "SELECT digest, found_at, incarnation, first, last, ahead_until FROM base_quarantine ORDER BY found_at, "
        "digest");
    std::vector<Quarantined> files;
    while (row.step()) {
        Quarantined file;
        if (auto const digest = hash_from_bytes(row.blob(0))) file.digest = *digest;
        file.found_at = LocalTime{row.integer(1)};
        file.incarnation = static_cast<Incarnation>(row.integer(2));
        file.range = {static_cast<std::uint64_t>(row.integer(3)), static_cast<std::uint64_t>(row.integer(4))};
        file.ahead_until = row.integer(5);
        files.push_back(file);
    }
    return files;
}

std::vector<WaitingFile> files_to_release(Database& database, std::int64_t wall_milliseconds) {
    auto row =
        database.prepare("SELECT digest, file FROM base_quarantine WHERE ahead_until <= ? ORDER BY found_at, digest");
    row.bind(wall_milliseconds + stamp_ahead_limit_milliseconds);
    std::vector<WaitingFile> files;
    while (row.step())
        if (auto const digest = hash_from_bytes(row.blob(0))) files.push_back({*digest, std::string{row.blob(1)}});
    return files;
}

void release(Database& database, Hash const& digest) {
    database.prepare("DELETE FROM base_quarantine WHERE digest = ?").bind_blob(bytes_of(digest)).run();
}

std::vector<ForkRow> forks(Database& database) {
    auto row = database.prepare(
        "SELECT incarnation, number, hash, found_at FROM base_fork ORDER BY incarnation, number, hash");
    std::vector<ForkRow> rows;
    while (row.step()) {
        ForkRow fork;
        fork.incarnation = static_cast<Incarnation>(row.integer(0));
        fork.number = static_cast<std::uint64_t>(row.integer(1));
        if (auto const hash = hash_from_bytes(row.blob(2))) fork.hash = *hash;
        fork.found_at = LocalTime{row.integer(3)};
        rows.push_back(fork);
    }
    return rows;
}

}  // namespace guanjia
