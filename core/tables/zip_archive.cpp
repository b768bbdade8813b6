#include "core/tables/zip_archive.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <unzip.h>

namespace guanjia {

namespace {

constexpr std::size_t unpacked_piece = std::size_t{32} << 10;

// minizip asks for its file through functions; here the file is a block of memory.
struct MemoryFile {
    std::string_view bytes;
    std::size_t at = 0;
};

void* open_memory(void* opaque, void const*, int) { return opaque; }
uLong read_memory(void*, void* stream, void* to, uLong size) {
    auto& file = *static_cast<MemoryFile*>(stream);
    auto const taken = std::min<std::size_t>(size, file.bytes.size() - file.at);
    std::memcpy(to, file.bytes.data() + file.at, taken);
    file.at += taken;
    return static_cast<uLong>(taken);
}
uLong write_memory(void*, void*, void const*, uLong) { return 0; }
ZPOS64_T tell_memory(void*, void* stream) { return static_cast<MemoryFile*>(stream)->at; }
long seek_memory(void*, void* stream, ZPOS64_T offset, int origin) {
    auto& file = *static_cast<MemoryFile*>(stream);
    ZPOS64_T const from = origin == ZLIB_FILEFUNC_SEEK_CUR   ? file.at
                          : origin == ZLIB_FILEFUNC_SEEK_END ? file.bytes.size()
                                                             : 0;
    auto const to = from + offset;
    if (to > file.bytes.size()) return -1;
    file.at = static_cast<std::size_t>(to);
    return 0;
}
int close_memory(void*, void*) { return 0; }
int error_memory(void*, void*) { return 0; }

}  // namespace

struct ZipArchive::Reading {
    MemoryFile file;
    unzFile zip = nullptr;
    bool is_open = false;
    std::array<char, unpacked_piece> piece{};

    explicit Reading(std::string_view bytes) : file{bytes} {
        zlib_filefunc64_def functions{open_memory, read_memory,  write_memory, tell_memory,
                                      seek_memory, close_memory, error_memory, &file};
        zip = unzOpen2_64("", &functions);
    }
    ~Reading() {
        if (is_open) unzCloseCurrentFile(zip);
        if (zip) unzClose(zip);
    }
    Reading(Reading const&) = delete;
    Reading& operator=(Reading const&) = delete;
};

ZipArchive::ZipArchive(std::unique_ptr<Reading> reading) : reading_{std::move(reading)} {}
ZipArchive::~ZipArchive() = default;
ZipArchive::ZipArchive(ZipArchive&&) noexcept = default;
ZipArchive& ZipArchive::operator=(ZipArchive&&) noexcept = default;

std::optional<ZipArchive> ZipArchive::open(std::string_view bytes) {
    auto reading = std::make_unique<Reading>(bytes);
    if (!reading->zip) return std::nullopt;
    return ZipArchive{std::move(reading)};
}

std::size_t ZipArchive::position() const { return reading_->file.at; }

bool ZipArchive::begin(std::string const& name) {
    if (std::exchange(reading_->is_open, false)) unzCloseCurrentFile(reading_->zip);
    // 2: names of packages are alike in any case.
    if (unzLocateFile(reading_->zip, name.c_str(), 2) != UNZ_OK) return false;
    reading_->is_open = unzOpenCurrentFile(reading_->zip) == UNZ_OK;
    return reading_->is_open;
}

Result<std::string_view> ZipArchive::read() {
    auto const size = unzReadCurrentFile(reading_->zip, reading_->piece.data(), unpacked_piece);
    // At the end the checksum tells whether all of it was right.
    if (size < 0 || (size == 0 && unzCloseCurrentFile(reading_->zip) == UNZ_CRCERROR)) {
        reading_->is_open = size < 0;
        return refuse("table.damaged");
    }
    if (size == 0) reading_->is_open = false;
    return std::string_view{reading_->piece.data(), static_cast<std::size_t>(size)};
}

}  // namespace guanjia
