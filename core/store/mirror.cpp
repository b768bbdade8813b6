// The mirror towards SQLite: a VFS whose one file is in memory.
//
// SQLite ends a transaction in two steps that it tells of: SQLITE_FCNTL_SYNC, after all pages have been written, where
// an error still rolls everything back; and SQLITE_FCNTL_COMMIT_PHASETWO, when it is committed and nothing may fail any
// more. So whatever can fail (no room, another owner, no memory for the copies) is decided at the first, and the second
// only moves what is ready.
//
// A rollback of spilled pages ends in SQLITE_FCNTL_SYNC as well, and nothing tells the two apart: not even the bytes,
// for SQLite does not restore pages that were free. So what follows a refusal is always granted: it is the rollback of
// what was refused, or a rollback that was refused itself and that SQLite tries again. Were that refused too, it would
// try before every statement, for ever. A rollback's writes take no memory: they go to pages that are there.

#include "core/store/mirror.h"

#include <sqlite3.h>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <new>
#include <utility>

namespace guanjia {

namespace {

struct OpenFile {
    sqlite3_file base;
    Mirror* mirror;
};

}  // namespace

struct MirrorVfs {
    static Mirror& of(sqlite3_file* file) { return *reinterpret_cast<OpenFile*>(file)->mirror; }

    static int close(sqlite3_file* file) {
        --of(file).connections_;
        return SQLITE_OK;
    }
    static int read(sqlite3_file* file, void* to, int amount, sqlite3_int64 offset) {
        auto const whole =
            of(file).read(static_cast<char*>(to), static_cast<std::size_t>(amount), static_cast<std::uint64_t>(offset));
        return whole ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
    }
    static int write(sqlite3_file* file, void const* from, int amount, sqlite3_int64 offset) {
        // Pages of another size come only of a VACUUM after PRAGMA page_size, which nobody here asks for.
        if (amount != static_cast<int>(mirror_page_size) || offset % mirror_page_size != 0) return SQLITE_IOERR_WRITE;
        if (offset / mirror_page_size >= mirror_page_limit) return SQLITE_FULL;
        return of(file).write({static_cast<char const*>(from), mirror_page_size}, static_cast<std::uint64_t>(offset))
                   ? SQLITE_OK
                   : SQLITE_FULL;
    }
    static int truncate(sqlite3_file* file, sqlite3_int64 size) {
        auto const pages = (size + mirror_page_size - 1) / mirror_page_size;
        if (pages > of(file).pages()) return SQLITE_IOERR_TRUNCATE;
        of(file).truncate(static_cast<std::uint32_t>(pages));
        return SQLITE_OK;
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
        switch (what) {
            case SQLITE_FCNTL_SYNC:
                switch (of(file).prepare()) {
                    case Mirror::Admission::granted: return SQLITE_OK;
                    case Mirror::Admission::full: return SQLITE_FULL;
                    case Mirror::Admission::read_only: return SQLITE_READONLY;
                }
                return SQLITE_ERROR;
            case SQLITE_FCNTL_COMMIT_PHASETWO: of(file).commit(); return SQLITE_OK;
            default: return SQLITE_NOTFOUND;
        }
    }
    static int sector_size(sqlite3_file*) { return static_cast<int>(mirror_page_size); }
    static int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

    static int open(sqlite3_vfs* vfs, char const*, sqlite3_file* file, int flags, int* out_flags) {
        // Version 1: no shared memory, and so no write-ahead log; no memory mapping.
        static constexpr sqlite3_io_methods methods{
            1,       close,          read,    write,       truncate,        sync,    size,    lock,
            lock,    check_reserved, control, sector_size, characteristics, nullptr, nullptr, nullptr,
            nullptr, nullptr,        nullptr};
        file->pMethods = nullptr;
        auto* mirror = static_cast<Mirror*>(vfs->pAppData);
        // Journals and temporary files stay in SQLite's own memory and never come here.
        if ((flags & SQLITE_OPEN_MAIN_DB) == 0) return SQLITE_CANTOPEN;
        if ((flags & SQLITE_OPEN_CREATE) == 0 && mirror->size() == 0) return SQLITE_CANTOPEN;
        // Locks are not kept: a second connection would write into the pages of the first.
        if (mirror->connections_ > 0) return SQLITE_BUSY;
        ++mirror->connections_;
        file->pMethods = &methods;
        reinterpret_cast<OpenFile*>(file)->mirror = mirror;
        if (out_flags) *out_flags = flags;
        return SQLITE_OK;
    }
    static int remove(sqlite3_vfs*, char const*, int) { return SQLITE_OK; }
    static int access(sqlite3_vfs*, char const*, int, int* there) {
        *there = 0;  // asked of journals only
        return SQLITE_OK;
    }
    static int full_path(sqlite3_vfs*, char const* name, int room, char* to) {
        if (std::strlen(name) >= static_cast<std::size_t>(room)) return SQLITE_CANTOPEN;
        std::strcpy(to, name);
        return SQLITE_OK;
    }
    static int last_error(sqlite3_vfs*, int, char*) { return 0; }

    static sqlite3_vfs* system() { return sqlite3_vfs_find(nullptr); }
    static int randomness(sqlite3_vfs*, int amount, char* to) { return system()->xRandomness(system(), amount, to); }
    static int sleep(sqlite3_vfs*, int microseconds) { return system()->xSleep(system(), microseconds); }
    static int current_time(sqlite3_vfs*, double* day) { return system()->xCurrentTime(system(), day); }
    static int current_time_integer(sqlite3_vfs*, sqlite3_int64* milliseconds) {
        return system()->xCurrentTimeInt64(system(), milliseconds);
    }
};

struct Mirror::Registration {
    explicit Registration(Mirror& mirror) {
        sqlite3_initialize();
        vfs.iVersion = 2;
        vfs.szOsFile = sizeof(OpenFile);
        vfs.mxPathname = 512;
        vfs.zName = mirror.name_.c_str();
        vfs.pAppData = &mirror;
        vfs.xOpen = MirrorVfs::open;
        vfs.xDelete = MirrorVfs::remove;
        vfs.xAccess = MirrorVfs::access;
        vfs.xFullPathname = MirrorVfs::full_path;
        vfs.xRandomness = MirrorVfs::randomness;
        vfs.xSleep = MirrorVfs::sleep;
        vfs.xCurrentTime = MirrorVfs::current_time;
        vfs.xGetLastError = MirrorVfs::last_error;
        vfs.xCurrentTimeInt64 = MirrorVfs::current_time_integer;
        assert(!sqlite3_vfs_find(vfs.zName));
        sqlite3_vfs_register(&vfs, 0);
    }
    ~Registration() { sqlite3_vfs_unregister(&vfs); }
    Registration(Registration const&) = delete;
    Registration& operator=(Registration const&) = delete;
    sqlite3_vfs vfs{};
};

Mirror::Mirror(std::string name, BlockStore& store, MirrorContent content, Options options)
    : name_{std::move(name)},
      store_{store},
      options_{options},
      file_{std::move(content.file)},
      committed_pages_{file_.pages()},
      stored_{std::move(content.head), std::move(content.log)},
      // No number is given out twice, not even that of a commit that was cut off.
      committed_{std::max(stored_.head.sequence, content.cut_through)},
      saved_{committed_} {
    if (content.cut_through > 0) tail_ = {content.sequence + 1, content.cut_through};
    dirty_.resize(file_.pages());
    registration_ = std::make_unique<Registration>(*this);
}

Mirror::~Mirror() {
    assert(connections_ == 0);
    *alive_ = false;
}

bool Mirror::read(char* to, std::size_t amount, std::uint64_t offset) const {
    // SQLite also reads parts of the first page.
    while (amount > 0) {
        auto const number = offset / mirror_page_size;
        if (number >= file_.pages()) {
            std::memset(to, 0, amount);
            return false;
        }
        auto const within = static_cast<std::size_t>(offset % mirror_page_size);
        auto const part = std::min<std::size_t>(amount, mirror_page_size - within);
        std::memcpy(to, file_.page(static_cast<std::uint32_t>(number)).data() + within, part);
        to += part;
        offset += part;
        amount -= part;
    }
    return true;
}

bool Mirror::write(std::string_view page, std::uint64_t offset) {
    is_prepared_ = false;
    auto const number = static_cast<std::uint32_t>(offset / mirror_page_size);
    if (auto const before = file_.pages(); number >= before) {
        try {
            dirty_.resize(number + 1);
            file_.resize(number + 1);
        } catch (std::bad_alloc const&) {
            return false;
        }
        // A page that is passed over (SQLite never writes the one at 1 GiB) is a page of zeros, here and in the store.
        for (auto fresh = before; fresh <= number; ++fresh) dirty_.add(fresh);
    }
    auto* place = file_.writable_page(number);
    // A rollback also writes pages that never left SQLite's cache.
    if (std::memcmp(place, page.data(), mirror_page_size) == 0) return true;
    std::memcpy(place, page.data(), mirror_page_size);
    dirty_.add(number);
    return true;
}

void Mirror::truncate(std::uint32_t pages) {
    file_.resize(pages);
    dirty_.resize(pages);
}

// Whether memory is exactly the last commit. After a rollback of spilled pages it is said not to be until the next one.
bool Mirror::is_quiet() const { return dirty_.empty() && file_.pages() == committed_pages_; }

Mirror::Admission Mirror::prepare() {
    is_prepared_ = false;
    if (std::exchange(refused_, false)) return Admission::granted;
    refused_ = true;
    if (read_only_) return Admission::read_only;
    if (pending_bytes() > options_.pending_limit) return Admission::full;
    try {
        prepared_ = {};
        dirty_.each([this](std::uint32_t number) {
            prepared_.pages.emplace_hint(prepared_.pages.end(), number, file_.page(number));
        });
    } catch (std::bad_alloc const&) {
        prepared_ = {};
        return Admission::full;
    }
    refused_ = false;
    is_prepared_ = true;
    return Admission::granted;
}

void Mirror::commit() {
    // A transaction that changed nothing.
    if (!is_prepared_ || is_quiet()) return;
    is_prepared_ = false;
    auto const pages = file_.pages();
    auto batch = std::move(prepared_);
    prepared_ = {};
    while (!batch.pages.empty()) {
        auto placed = pending_.pages.insert(batch.pages.extract(batch.pages.begin()));
        if (!placed.inserted) placed.position->second = std::move(placed.node.mapped());
    }
    // SQLite shortens the file after all pages have been written.
    pending_.pages.erase(pending_.pages.lower_bound(pages), pending_.pages.end());
    pending_.size = pages;
    pending_.sequence = ++committed_;
    committed_pages_ = pages;
    dirty_.clear();
    changed();
    if (on_wanted) on_wanted();
}

std::string Mirror::bytes() const {
    std::string all;
    all.reserve(static_cast<std::size_t>(size()));
    for (std::uint32_t number = 0; number < file_.pages(); ++number) all += file_.page(number);
    return all;
}

}  // namespace guanjia
