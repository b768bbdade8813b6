#include "web/views/intake_job.h"

#include <chrono>

namespace guanjia {

namespace {

// Of a frame's sixteen; what is drawn takes its own.
constexpr std::chrono::milliseconds step_time{9};
// A person waits for what is written, and only sees how far it is.
constexpr std::chrono::milliseconds writing_time{24};

}  // namespace

IntakeJob::IntakeJob(std::string file, std::string bytes, IntakeTarget target, double began)
    : file_{std::move(file)}, bytes_{std::move(bytes)}, began_{began} {
    mapping_.target = target;
}

std::uint64_t IntakeJob::done() const {
    if (phase_ == Phase::reading) return reader_ ? reader_->done() : 0;
    return intake_ ? intake_->done() : 0;
}

std::uint64_t IntakeJob::all() const {
    if (phase_ == Phase::reading) return bytes_.size();
    return intake_ ? intake_->rows() : 0;
}

void IntakeJob::begin_preview(double now) {
    phase_ = Phase::previewing;
    began_ = now;
    intake_.reset();
    refusal_.reset();
    ++revision_;
}

void IntakeJob::set_mapping(IntakeMapping mapping) {
    if (phase_ == Phase::reading || phase_ == Phase::writing) return;
    mapping_ = std::move(mapping);
    begin_preview(began_);
}

void IntakeJob::set_target(IntakeTarget target) {
    if (phase_ == Phase::reading || phase_ == Phase::writing) return;
    mapping_.target = target;
    proposes_ = true;
    begin_preview(began_);
}

void IntakeJob::set_sheet(std::size_t sheet) {
    if (phase_ == Phase::writing) return;
    sheet_ = sheet;
    phase_ = Phase::reading;
    proposes_ = true;
    reader_.reset();
    intake_.reset();
    table_ = {};
    refusal_.reset();
    ++revision_;
}

void IntakeJob::write(double now) {
    if (phase_ != Phase::previewed) return;
    phase_ = Phase::writing;
    began_ = now;
}

void IntakeJob::stop_writing() {
    if (phase_ == Phase::writing) phase_ = Phase::written;
    ++revision_;
}

Result<bool> IntakeJob::work(Desk& desk, std::string const& by, double now) {
    auto const until = std::chrono::steady_clock::now() + (phase_ == Phase::writing ? writing_time : step_time);
    auto const goes_on = [&] { return std::chrono::steady_clock::now() < until; };
    switch (phase_) {
        case Phase::reading: {
            if (!reader_) reader_ = std::make_unique<TableReader>(bytes_, sheet_);
            do {
                auto const finished = reader_->step();
                if (!finished) return tl::unexpected{finished.error()};
                if (!*finished) continue;
                format_ = reader_->format();
                sheets_ = reader_->sheets();
                table_ = reader_->take_table();
                reader_.reset();
                // Another sheet may still be asked for.
                if (sheets_.size() < 2) std::string{}.swap(bytes_);
                begin_preview(now);
                break;
            } while (goes_on());
            return true;
        }
        case Phase::previewing: {
            if (std::exchange(proposes_, false)) mapping_ = proposed_mapping(desk, table_, mapping_.target);
            if (!intake_) intake_ = std::make_unique<Intake>(desk, table_, mapping_, by);
            auto const finished = intake_->preview(goes_on);
            if (!finished) return tl::unexpected{finished.error()};
            if (*finished) phase_ = Phase::previewed;
            ++revision_;
            return !*finished;
        }
        case Phase::writing: {
            auto const finished = intake_->write(goes_on);
            if (!finished) return tl::unexpected{finished.error()};
            if (!*finished) return true;
            phase_ = Phase::written;
            ++revision_;
            if (auto const kept = keep_mapping(desk, table_, mapping_); !kept) return tl::unexpected{kept.error()};
            return false;
        }
        default: return false;
    }
}

bool IntakeJob::step(Desk& desk, std::string const& by, double now) {
    if (refusal_) return false;
    auto const more = work(desk, by, now);
    if (more) return *more;
    refusal_ = more.error();
    ++revision_;
    return false;
}

}  // namespace guanjia
