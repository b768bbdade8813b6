#pragma once
// A zip archive in memory, read a piece at a time. What it claims of itself is not believed: sizes are those of what
// comes out.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/procedure/refusal.h"

namespace guanjia {

class ZipArchive {
public:
    // Nothing when the bytes are no zip archive. They outlive the archive.
    static std::optional<ZipArchive> open(std::string_view bytes);
    ~ZipArchive();
    ZipArchive(ZipArchive&&) noexcept;
    ZipArchive& operator=(ZipArchive&&) noexcept;

    // Begins to read a file of the archive; false when it is not there, is encrypted or packed in another way.
    bool begin(std::string const& name);
    // The next bytes of it, none at its end. Refused ("table.damaged") when it is broken.
    Result<std::string_view> read();

    // How much of the bytes has been come by: for a progress bar.
    std::size_t position() const;

private:
    struct Reading;
    explicit ZipArchive(std::unique_ptr<Reading> reading);
    std::unique_ptr<Reading> reading_;
};

}  // namespace guanjia
