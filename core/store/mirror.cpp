#include "core/store/mirror.h"

#include <sqlite3.h>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <limits>

namespace guanjia {

namespace {

constexpr std::int64_t first_retry = 250;
constexpr std::int64_t last_retry = 30'000;
constexpr auto any_second = std::numeric_limits<std::uint32_t>::max();

std::uint32_t segments_of(std::uint32_t pages) {
    return (pages + static_cast<std::uint32_t>(pages_per_segment) - 1) / static_cast<std::uint32_t>(pages_per_segment);
}

struct OpenFile {
    sqlite3_file base;
    Mirror* mirror;
};

}  // namespace

struct MirrorFileMethods {
    static Mirror& of(sqlite3_file* file) { return *reinterpret_cast<OpenFile*>(file)->mirror; }

    static int close(sqlite3_file*) { return SQLITE_OK; }
    static int read(sqlite3_file* file, void* to, int amount, sqlite3_int64 offset) {
        return of(file).read(static_cast<char*>(to), static_cast<std::size_t>(amount),
                             static_cast<std::uint64_t>(offset));
    }
    static int write(sqlite3_file* file, void const* from, int amount, sqlite3_int64 offset) {
        return of(file).write(static_cast<char const*>(from), static_cast<std::size_t>(amount),
                              static_cast<std::uint64_t>(offset));
    }
    static int truncate(sqlite3_file* file, sqlite3_int64 size) {
        return of(file).truncate(static_cast<std::uint64_t>(size));
    }
    static int sync(sqlite3_file*, int) { return SQLITE_OK; }
    static int size(sqlite3_file* file, sqlite3_int64* size) {
        *size = static_cast<sqlite3_int64>(of(file).size());
        return SQLITE_OK;
    }
    static int lock(sqlite3_file*, int) { return SQLITE_OK; }
    static int check_reserved(sqlite3_file*, int* reserved) {
        *reserved = 0;
        return SQLITE_OK;
    }
    static int control(sqlite3_file* file, int what, void*) {
        if (what != SQLITE_FCNTL_COMMIT_PHASETWO) return SQLITE_NOTFOUND;
        of(file).commit();
        return SQLITE_OK;
    }
    static int sector_size(sqlite3_file*) { return static_cast<int>(mirror_page_size); }
    static int characteristics(sqlite3_file*) { return SQLITE_IOCAP_SAFE_APPEND | SQLITE_IOCAP_SEQUENTIAL; }

    static int open(sqlite3_vfs* vfs, char const*, sqlite3_file* file, int flags, int* out_flags) {
        static constexpr sqlite3_io_methods methods{
            1,       close,          read,    write,       truncate,        sync,    size,    lock,
            lock,    check_reserved, control, sector_size, characteristics, nullptr, nullptr, nullptr,
            nullptr, nullptr,        nullptr};
        file->pMethods = nullptr;
        // Journals and temporary files stay in SQLite's own memory.
        if ((flags & SQLITE_OPEN_MAIN_DB) == 0) return SQLITE_CANTOPEN;
        auto* mirror = static_cast<Mirror*>(vfs->pAppData);
        if ((flags & SQLITE_OPEN_CREATE) == 0 && mirror->size() == 0) return SQLITE_CANTOPEN;
        file->pMethods = &methods;
        reinterpret_cast<OpenFile*>(file)->mirror = mirror;
        if (out_flags) *out_flags = flags;
        return SQLITE_OK;
    }
    static int remove(sqlite3_vfs*, char const*, int) { return SQLITE_OK; }
    static int access(sqlite3_vfs*, char const*, int, int* there) {
        *there = 0;
        return SQLITE_OK;
    }
    static int full_path(sqlite3_vfs*, char const* name, int room, char* to) {
        sqlite3_snprintf(room, to, "%s", name);
        return SQLITE_OK;
    }
    static int last_error(sqlite3_vfs*, int, char*) { return 0; }
};

struct Mirror::Registration {
    explicit Registration(Mirror& mirror) {
        // Randomness, sleep and time are the default's.
        vfs = *sqlite3_vfs_find(nullptr);
        vfs.iVersion = 2;
        vfs.szOsFile = sizeof(OpenFile);
        vfs.mxPathname = 512;
        vfs.pNext = nullptr;
        vfs.zName = mirror.name_.c_str();
        vfs.pAppData = &mirror;
        vfs.xOpen = MirrorFileMethods::open;
        vfs.xDelete = MirrorFileMethods::remove;
        vfs.xAccess = MirrorFileMethods::access;
        vfs.xFullPathname = MirrorFileMethods::full_path;
        vfs.xGetLastError = MirrorFileMethods::last_error;
        sqlite3_vfs_register(&vfs, 0);
    }
    ~Registration() { sqlite3_vfs_unregister(&vfs); }
    sqlite3_vfs vfs{};
};

Mirror::Mirror(std::string name, BlockStore& store, MirrorContent content, Options options)
    : name_{std::move(name)},
      store_{store},
      options_{options},
      file_{std::move(content.file)},
      head_{std::move(content.head)},
      chain_{content.sequence},
      log_segments_{content.log_segments.begin(), content.log_segments.end()},
      log_records_{content.log_records},
      log_bytes_{content.log_bytes},
      is_new_{head_.epoch == 0},
      tail_cut_{content.tail_cut},
      committed_{head_.sequence},
      saved_{head_.sequence} {
    sqlite3_initialize();
    registration_ = std::make_unique<Registration>(*this);
}

Mirror::~Mirror() { *alive_ = false; }

int Mirror::read(char* bytes, std::size_t amount, std::uint64_t offset) const {
    // SQLite also reads parts of the first page.
    while (amount > 0) {
        auto const number = offset / mirror_page_size;
        auto const within = static_cast<std::size_t>(offset % mirror_page_size);
        if (number >= file_.pages()) {
            std::memset(bytes, 0, amount);
            return SQLITE_IOERR_SHORT_READ;
        }
        auto const part = std::min(amount, mirror_page_size - within);
        std::memcpy(bytes, file_.page(static_cast<std::uint32_t>(number)) + within, part);
        bytes += part;
        offset += part;
        amount -= part;
    }
    return SQLITE_OK;
}

int Mirror::write(char const* bytes, std::size_t amount, std::uint64_t offset) {
    if (amount != mirror_page_size || offset % mirror_page_size != 0) return SQLITE_IOERR_WRITE;
    // Only the first write of a transaction may be refused: a rollback must always be able to put pages back.
    if (dirty_.empty() && !shrunk_) {
        if (read_only_) return SQLITE_READONLY;
        auto const waiting = pending_.pages.size() + (flight_ ? flight_->batch.pages.size() : 0);
        if (waiting * mirror_page_size > options_.pending_limit) return SQLITE_FULL;
    }
    auto const number = offset / mirror_page_size;
    if (number >= mirror_page_limit) return SQLITE_FULL;
    std::memcpy(file_.writable_page(static_cast<std::uint32_t>(number)), bytes, mirror_page_size);
    dirty_.insert(static_cast<std::uint32_t>(number));
    return SQLITE_OK;
}

int Mirror::truncate(std::uint64_t size) {
    auto const pages = static_cast<std::uint32_t>((size + mirror_page_size - 1) / mirror_page_size);
    if (pages < file_.pages()) shrunk_ = true;
    file_.resize(pages);
    return SQLITE_OK;
}

void Mirror::commit() {
    auto const pages = file_.pages();
    dirty_.erase(dirty_.lower_bound(pages), dirty_.end());
    if (dirty_.empty() && !shrunk_) return;
    for (auto const number : dirty_) pending_.pages[number].assign(file_.page(number), mirror_page_size);
    pending_.pages.erase(pending_.pages.lower_bound(pages), pending_.pages.end());
    pending_.size = pages;
    pending_.sequence = ++committed_;
    dirty_.clear();
    shrunk_ = false;
    changed();
    if (on_wanted) on_wanted();
}

void Mirror::claim() {
    claim_wanted_ = true;
    pump();
}

void Mirror::stand_down() {
    read_only_ = true;
    changed();
}

void Mirror::set_bulk(bool bulk) {
    bulk_ = bulk;
    if (!bulk) pump();
}

SaveState Mirror::state() const {
    if (read_only_) return SaveState::read_only;
    if (failing_) return SaveState::not_saved;
    return saved_ < committed_ || barrier_wanted_ ? SaveState::saving : SaveState::saved;
}

void Mirror::put_segments(BlockTransaction& transaction, Flight& flight, std::uint32_t segments) const {
    for (auto const index : flight.log_segments) {
        if (index >= segments) continue;
        auto& generation = flight.head.generations[index];
        if (generation > 0) transaction.erasures.push_back({BlockArea::segment, {index, 0}, {index, generation}});
        ++generation;
        transaction.puts.push_back(encode_segment(index, generation, file_.segment(index)));
    }
    transaction.erasures.push_back({BlockArea::log, {0, 0}, {committed_, any_second}});
}

BlockTransaction Mirror::cut(Flight& flight) {
    BlockTransaction transaction;
    transaction.expected_epoch = head_.epoch;
    transaction.expected_sequence = head_.sequence;
    flight.head = head_;
    flight.log_segments = log_segments_;
    flight.log_records = log_records_;
    flight.log_bytes = log_bytes_;
    flight.strict = transaction.strict = !bulk_;

    if (claim_wanted_) {
        ++flight.head.epoch;
        // A tail that was cut must never come back.
        if (tail_cut_) {
            transaction.erasures.push_back(
                {BlockArea::log, {chain_ + 1, 0}, {std::numeric_limits<std::uint32_t>::max(), any_second}});
        }
    }
    flight.batch = std::move(pending_);
    pending_ = {};
    auto const& batch = flight.batch;
    if (batch.sequence > 0) {
        flight.head.sequence = batch.sequence;
        flight.head.pages = batch.size;
        for (auto const& [number, bytes] : batch.pages)
            flight.log_segments.insert(number / static_cast<std::uint32_t>(pages_per_segment));
        auto const bytes = batch.pages.size() * mirror_page_size;
        auto const segments = segments_of(batch.size);
        // The segments are written of memory as it is, so only while it is exactly what this batch commits.
        auto const quiet = dirty_.empty() && !shrunk_;
        flight.compacts =
            quiet && (log_records_ + 1 >= options_.log_records_limit || log_bytes_ + bytes >= options_.log_bytes_limit);
        if (flight.compacts) {
            if (flight.head.generations.size() > segments)
                transaction.erasures.push_back(
                    {BlockArea::segment, {segments, 0}, {std::numeric_limits<std::uint32_t>::max(), any_second}});
            flight.head.generations.resize(segments, 0);
            put_segments(transaction, flight, segments);
            flight.head.compacted = batch.sequence;
            flight.head.compacted_pages = batch.size;
            flight.log_segments.clear();
            flight.log_records = 0;
            flight.log_bytes = 0;
        } else {
            transaction.puts = encode_log(batch.sequence, chain_, batch.size, batch.pages);
            ++flight.log_records;
            flight.log_bytes += bytes;
        }
    }
    transaction.head = {flight.head.epoch, flight.head.sequence, encode_head(flight.head)};
    return transaction;
}

void Mirror::pump() {
    if (flight_ || read_only_ || failing_) return;
    if (pending_.sequence == 0 && !claim_wanted_ && !(barrier_wanted_ && !bulk_)) return;
    flight_ = std::make_unique<Flight>();
    auto transaction = cut(*flight_);
    store_.write(std::move(transaction), [this, alive = alive_](BlockOutcome outcome) {
        if (*alive) landed(outcome);
    });
}

void Mirror::landed(BlockOutcome outcome) {
    assert(flight_);
    auto flight = std::move(flight_);
    if (outcome == BlockOutcome::complete) {
        head_ = std::move(flight->head);
        if (flight->batch.sequence > 0) chain_ = flight->batch.sequence;
        log_segments_ = std::move(flight->log_segments);
        log_records_ = flight->log_records;
        log_bytes_ = flight->log_bytes;
        claim_wanted_ = tail_cut_ = false;
        barrier_wanted_ = !flight->strict;
        if (flight->strict) saved_ = head_.sequence;
        failing_ = full_ = false;
        retry_delay_ = 0;
        changed();
        pump();
        return;
    }
    // Nothing of it was kept: it goes on waiting, below what came since.
    if (flight->batch.sequence > 0) {
        if (pending_.sequence == 0) {
            pending_ = std::move(flight->batch);
        } else {
            pending_.pages.merge(flight->batch.pages);
            pending_.pages.erase(pending_.pages.lower_bound(pending_.size), pending_.pages.end());
        }
    }
    if (outcome == BlockOutcome::other_owner) {
        read_only_ = true;
    } else {
        failing_ = true;
        full_ = outcome == BlockOutcome::full;
        retry_delay_ = retry_delay_ == 0 ? first_retry : std::min(retry_delay_ * 2, last_retry);
    }
    changed();
}

void Mirror::retry() {
    if (!failing_) return;
    failing_ = false;
    pump();
}

void Mirror::changed() const {
    if (on_change) on_change();
}

std::string Mirror::bytes() const {
    std::string all;
    all.reserve(static_cast<std::size_t>(size()));
    for (std::uint32_t number = 0; number < file_.pages(); ++number) all.append(file_.page(number), mirror_page_size);
    return all;
}

}  // namespace guanjia
