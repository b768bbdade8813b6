#pragma once
// A table of another program on its way in: read, mapped, looked through, written. Works on between two frames, a few
// milliseconds at a time.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/desk/intake.h"
#include "core/tables/table_reader.h"

namespace guanjia {

class IntakeJob {
public:
    enum class Phase : std::uint8_t { reading, previewing, previewed, writing, written };

    IntakeJob(std::string file, std::string bytes, IntakeTarget target, double began);

    std::string const& file() const { return file_; }
    Phase phase() const { return phase_; }
    // What cannot go on, until something else is asked of it.
    std::optional<Refusal> const& refusal() const { return refusal_; }
    double began() const { return began_; }  // of the phase, on the page's clock
    std::uint64_t done() const;
    std::uint64_t all() const;
    // Moves whenever a row's fate or the mapping has.
    std::uint64_t revision() const { return revision_; }

    std::string_view format() const { return format_; }
    std::vector<std::string> const& sheets() const { return sheets_; }
    std::size_t sheet() const { return sheet_; }
    Table const& table() const { return table_; }
    IntakeMapping const& mapping() const { return mapping_; }
    Intake const* intake() const { return intake_.get(); }

    // Asked for in a frame, done by the steps that follow.
    void set_mapping(IntakeMapping mapping);
    void set_target(IntakeTarget target);
    void set_sheet(std::size_t sheet);
    void write(double now);
    // What is written stays; the rest is not.
    void stop_writing();

    // True while there is more to do. by: the person at the desk.
    bool step(Desk& desk, std::string const& by, double now);

private:
    void begin_preview(double now);
    Result<bool> work(Desk& desk, std::string const& by, double now);

    std::string file_, bytes_;
    double began_;
    Phase phase_ = Phase::reading;
    std::optional<Refusal> refusal_;
    std::uint64_t revision_ = 1;
    std::unique_ptr<TableReader> reader_;
    std::string_view format_;
    std::vector<std::string> sheets_;
    std::size_t sheet_ = 0;
    Table table_;
    IntakeMapping mapping_;
    bool proposes_ = true;  // the mapping is still to be found
    std::unique_ptr<Intake> intake_;
};

}  // namespace guanjia
