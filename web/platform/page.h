#pragma once
// The page: receives what the browser reports (page_calls.cpp), runs the desk before each frame is laid out, draws, and
// says what is on screen.

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/desk/sample.h"
#include "core/store/mirror.h"
#include "web/platform/canvas.h"
#include "web/platform/indexed_db.h"
#include "web/platform/photos.h"
#include "web/views/notices.h"
#include "web/views/views.h"

namespace guanjia {

// A press, a key or a text needs a few frames to settle: hover, held, released, and what it changed.
inline constexpr int frames_after_input = 4;

class Page {
public:
    Page();

    int frame(double time);
    // As a frame, while nobody looks: nothing is drawn.
    void tick();
    void resize(float width, float height, float pixels_wide, float pixels_high);
    void context(bool there);
    void font(int kind, std::string bytes);
    void open();
    void open_desk();  // what was opened, damaged at its end or not
    void waits(NotOpen why) { waiting_ = why; }
    void lost();
    void address(std::string_view path) {
        shell_.route = parse_route(path);
        shell_.new_address = false;
    }
    void recall(std::string_view key, std::string_view value);
    void prefers(bool dark, bool contrast, bool touch);
    void file(std::string name, std::string bytes);
    void refuse_file(std::string name, bool too_large);
    void update_mirror();
    void hide();
    void retry();

    struct Pointer {
        enum class Kind { move, down, up, cancel, leave };
        Kind kind;
        float x, y;
        bool touch;
    };
    struct Key {
        std::uint32_t id;  // 0: a shortcut
        std::string name;
    };
    // The press before it is another one of a double click.
    struct Again {};
    using Event = std::variant<Pointer, Again, Key>;
    // Taken in the order in which they came, so that each meets what the one before it has changed.
    void input(Event event) { inputs_.push_back(std::move(event)); }

    // Milliseconds of the last frame in which the desk was asked, for benchmarks.
    double asked() const { return asked_; }

    // How large the person wants everything: CSS px per pixel of the interface.
    float scale() const;

    ui::Ui ui;
    MirrorLoader loader;
    IndexedDbStore store;
    PagePhotos photos{stage_};
    std::unique_ptr<Mirror> mirror;
    Shell& shell() { return shell_; }

private:
    void begin_desk(Result<std::unique_ptr<Desk>> opened);
    void create_desk();
    void create_sample();
    bool fill_sample();
    void use_desk();
    void fail(Refusal const& why);
    LocalTime take_time();
    void pump();
    void choose_person(AnyId person);
    Desk::Options desk_options();
    Needs needs_at(LocalTime now) const;
    bool step(LocalTime now);
    void lay_out();
    bool take_input();
    void draw();
    void set_look();

    Models const& models() const { return mailbox_.models(); }

    std::deque<Event> inputs_;
    float pointer_x_ = -1;
    float pointer_y_ = -1;
    std::unique_ptr<Desk> desk_;
    // While the sample is being made. Nothing of it is handed to the store before it is whole: whoever leaves meanwhile
    // comes back to the first run.
    std::unique_ptr<SampleFiller> filler_;
    std::optional<double> filling_since_;  // seconds of the page's clock
    Shell shell_;
    Mailbox mailbox_;
    Stage stage_;
    AppState state_;
    Needs needs_;  // as they were asked for last
    Notices notices_;
    std::optional<NotOpen> waiting_;
    std::string waiting_reason_;
    bool first_run_ = false;
    bool photos_wait_ = false;  // to be looked over when the records are known to be this tab's
    bool context_lost_ = false;
    bool renderer_ready_ = false;
    bool pump_wanted_ = false;
    std::string told_title_;
    float width_ = 1;  // CSS px
    float height_ = 1;
    float pixels_wide_ = 1;
    float pixels_high_ = 1;
    Canvas canvas_;
    bool prefers_dark_ = false;
    bool prefers_contrast_ = false;
    double asked_ = 0;
    std::optional<std::int64_t> held_clock_;  // milliseconds; while the sample's past is written
};

// Made when it is first asked for.
Page& the_page();

}  // namespace guanjia
