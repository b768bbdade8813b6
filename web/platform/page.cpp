#include "web/platform/page.h"

#include <emscripten/emscripten.h>
#include <emscripten/html5.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>
#include <cstdlib>

#include "web/platform/host.h"
#include "web/platform/system_glyphs.h"

namespace guanjia {

namespace {

constexpr char const* database_name = "guanjia";
constexpr char const* vfs_name = "mirror";
// How long the sample is filled between two frames, which show how far it is.
constexpr double fill_milliseconds = 34;
// At least so many commands, some milliseconds' worth: on a machine that is busy with other things the frames would
// otherwise take longer than the filling.
constexpr int fill_commands = 200;
constexpr std::string_view table_endings[] = {".csv", ".tsv", ".txt", ".xlsx", ".xls"};
constexpr float text_scales[] = {1, 1.15F, 1.3F};

std::int64_t wall_milliseconds() { return static_cast<std::int64_t>(emscripten_date_now()); }

double milliseconds_to_the_minute() { return static_cast<double>(60'000 - wall_milliseconds() % 60'000) + 20; }

}  // namespace

float Page::scale() const { return text_scales[shell_.look.text_size]; }

Page::Page()
    : mailbox_{{[](std::string const& name, std::string const& bytes) { host::download(name, bytes); },
                [](std::string const& html) { host::print(html); }, [] { host::wake(frames_after_input); },
                [](std::string const& uses) { host::remember("uses", uses); },
                [this](Hash const& hash, std::string_view bytes) { photos.keep(hash, bytes); },
                [this](std::vector<Hash> const& hashes, PagePhotos::Loaded brought) {
                    photos.load(hashes, std::move(brought));
                }}},
      stage_{ui, mailbox_.models(), mailbox_, shell_} {
    EmscriptenWebGLContextAttributes attributes;
    emscripten_webgl_init_context_attributes(&attributes);
    attributes.majorVersion = 2;
    attributes.alpha = EM_FALSE;
    attributes.depth = attributes.stencil = attributes.antialias = EM_FALSE;
    attributes.powerPreference = EM_WEBGL_POWER_PREFERENCE_LOW_POWER;
    attributes.enableExtensionsByDefault = EM_FALSE;  // none is used, and each is waited for
    emscripten_webgl_make_context_current(emscripten_webgl_create_context("#canvas", &attributes));

    ImGui::CreateContext();
    auto& io = ImGui::GetIO();
    io.IniFilename = io.LogFilename = nullptr;
    io.ConfigFlags = ImGuiConfigFlags_NoMouseCursorChange;
    io.ConfigWindowsMoveFromTitleBarOnly = true;
    io.ConfigInputTrickleEventQueue = false;  // take_input does it
    auto& style = ImGui::GetStyle();
    style.WindowPadding = style.FramePadding = style.ItemSpacing = style.ItemInnerSpacing = {0, 0};
    style.WindowBorderSize = style.ChildBorderSize = style.PopupBorderSize = 0;
    style.WindowMinSize = {1, 1};
    ui::system_glyphs = system_glyph_loader();
    offer_page_commands(mailbox_);
    renderer_ready_ = ImGui_ImplOpenGL3_Init("#version 300 es");

    shell_.choose_file = [] { host::choose_file(); };
    shell_.choose_photo = [] { host::choose_photo(); };
    shell_.save_photo = [this](std::string const& hash, std::string const& name) {
        auto const key = parse_hash(hash);
        if (key)
            photos.load({*key}, [name](PhotosByHash found) {
                if (!found.empty()) host::download(name, found.begin()->second);
            });
    };
    shell_.paste = [] { host::paste(); };
    shell_.take_over = [] { host::take_over(); };
    shell_.update = [] { host::update(); };
    shell_.set_language = [this](Language language) {
        ui.language = language;
        host::remember("language", language == Language::english ? "en" : "zh");
    };
    shell_.set_look = [this](Look const& look) {
        shell_.look = look;
        host::remember("theme", std::string{name_of(look.theme)});
        host::remember("text", std::to_string(look.text_size));
        host::remember("notices", look.notices ? "on" : "off");
        set_look();
    };
    shell_.set_person = [this](AnyId person) { choose_person(person); };
    shell_.download = [](std::string const& name, std::string const& bytes) { host::download(name, bytes); };
    shell_.ask_for_notices = [] { host::ask_for_notices(); };
    shell_.new_rescue_file = [this] {
        if (mirror) host::download("guanjia-rescue.gjdb", mirror->bytes());
    };
}

void Page::context(bool there) {
    context_lost_ = !there;
    if (!there) {
        ImGui_ImplOpenGL3_Shutdown();
        renderer_ready_ = false;
        return;
    }
    canvas_.forget();
    // Textures went with the context: all are made again from what ImGui holds.
    for (auto* texture : ImGui::GetPlatformIO().Textures)
        if (texture->Status == ImTextureStatus_Destroyed) texture->SetStatus(ImTextureStatus_WantCreate);
    renderer_ready_ = ImGui_ImplOpenGL3_Init("#version 300 es");
    host::wake(frames_after_input);
}

void Page::resize(float width, float height, float pixels_wide, float pixels_high) {
    auto& io = ImGui::GetIO();
    width_ = std::max(width, 1.0F);
    height_ = std::max(height, 1.0F);
    pixels_wide_ = pixels_wide;
    pixels_high_ = pixels_high;
    canvas_.forget();
    io.DisplaySize = {width_ / scale(), height_ / scale()};
    io.DisplayFramebufferScale = {pixels_wide / io.DisplaySize.x, pixels_high / io.DisplaySize.y};
    host::wake(2);
}

void Page::prefers(bool dark, bool contrast, bool touch) {
    prefers_dark_ = dark;
    prefers_contrast_ = contrast;
    ui.set_touch(touch);
    set_look();
}

void Page::set_look() {
    using ui::ThemeName;
    auto name = ThemeName::light;
    switch (shell_.look.theme) {
        case ThemeChoice::light: break;
        case ThemeChoice::dark: name = ThemeName::dark; break;
        case ThemeChoice::contrast: name = ThemeName::contrast; break;
        case ThemeChoice::system:
            name = prefers_contrast_ ? ThemeName::contrast : prefers_dark_ ? ThemeName::dark : ThemeName::light;
    }
    ui.set_theme(name);
    static constexpr char const* classes[] = {"light", "dark", "contrast"};
    host::look(classes[static_cast<std::size_t>(name)], scale());
    ui.semantics.tell_anew();
    resize(width_, height_, pixels_wide_, pixels_high_);
}

void Page::font(int kind, std::string bytes) { ui.load_font(kind, std::move(bytes)); }

void Page::recall(std::string_view key, std::string_view value) {
    if (key == "language" && value == "en") ui.language = Language::english;
    if (key == "desk" && !value.empty())
        state_.first_run.wiped = Refusal{std::nullopt, "store.wiped", {}, {{"centre", std::string{value}}}};
    if (key == "uses") mailbox_.restore_uses(value);
    if (key == "notices") shell_.look.notices = value == "on";
    if (key == "theme") shell_.look.theme = theme_choice(value);
    if (key == "text" && value.size() == 1 && value[0] >= '0' && value[0] <= '2')
        shell_.look.text_size = static_cast<std::size_t>(value[0] - '0');
}

void Page::choose_person(AnyId person) {
    mailbox_.set_person(person);
    // A desk that can only be read forgets it, and that is all.
    if (desk_) static_cast<void>(desk_->set_person_at_desk(person));
}

Desk::Options Page::desk_options() {
    Desk::Options options;
    options.vfs = vfs_name;
    options.clock = [this] { return held_clock_.value_or(wall_milliseconds()); };
    return options;
}

void Page::update_mirror() {
    auto& status = shell_.status;
    switch (mirror->state()) {
        case SaveState::saved: status.save = RecordStatus::Save::saved; break;
        case SaveState::saving: status.save = RecordStatus::Save::saving; break;
        case SaveState::not_saved: status.save = RecordStatus::Save::not_saved; break;
        case SaveState::read_only: status.save = RecordStatus::Save::read_only;
    }
    status.wiped = mirror->is_gone();
    status.unsaved = mirror->read_only() && mirror->saved() < mirror->committed();
    // Photos that no record names are forgotten: not before this tab is known to be the one that writes, nor while
    // records that may name them cannot be read.
    if (photos_wait_ && mirror->is_claimed()) {
        photos_wait_ = false;
        if (!mirror->keeps_cut()) host::look_over_photos();
    }
    status.saved_at = from_unix_milliseconds(wall_milliseconds());
    status.bytes = mirror->size();
    if (mirror->state() == SaveState::not_saved) host::retry_in(static_cast<double>(mirror->retry_delay()));
    auto const waiting = mirror->state() == SaveState::saving || mirror->state() == SaveState::not_saved ||
                         status.wiped || status.unsaved;
    host::unsaved(waiting);
    host::wake(2);
}

void Page::open() {
    desk_.reset();
    mailbox_.attach(nullptr);
    mirror.reset();
    waiting_.reset();
    first_run_ = false;
    auto content = loader.finish();
    loader = {};
    if (!content) return fail(content.error());
    auto const lost = content->tail_was_cut() ? content->head.last - content->sequence : 0;
    mirror = std::make_unique<Mirror>(vfs_name, store, std::move(*content), Mirror::Options{});
    mirror->on_change = [this] { update_mirror(); };
    // Commits of one moment go together, at the end of the frame that made them.
    mirror->on_wanted = [this] {
        pump_wanted_ = true;
        host::wake(1);
    };
    // A damaged disk is told of before anything is written upon it.
    if (lost == 0) return open_desk();
    waiting_ = NotOpen::cut;
    waiting_reason_ = ui.say("ui.records-cut-words", {{"count", std::to_string(lost)}});
}

void Page::open_desk() {
    waiting_.reset();
    mirror->claim();
    if (mirror->size() == 0) {
        first_run_ = true;
        return;
    }
    begin_desk(Desk::open(database_name, desk_options()));
}

void Page::fail(Refusal const& why) {
    waiting_ = NotOpen::damaged;
    waiting_reason_ = ui.say("refusal." + why.reason, why.details);
}

void Page::begin_desk(Result<std::unique_ptr<Desk>> opened) {
    if (!opened) return fail(opened.error());
    desk_ = std::move(*opened);
    if (auto const finished = finish_import(*desk_); !finished) return fail(finished.error());
    use_desk();
}

void Page::use_desk() {
    first_run_ = false;
    mailbox_.attach(desk_.get());
    mailbox_.set_person(desk_->person_at_desk());
    // Beside the records: what is new here is told from what has lost them.
    host::remember("desk", desk_->identity().centre_name);
    photos_wait_ = true;
    update_mirror();
}

void Page::create_desk() {
    auto& form = state_.first_run;
    form.refusal.reset();
    DeskIdentity identity;
    identity.centre_code = form.centre_code;
    identity.centre_name = form.centre_name;
    identity.number = std::atoll(form.desk.c_str());
    identity.headquarters = form.headquarters;
    if (form.manager_name.empty()) form.refusal = Refusal{std::nullopt, "staff.name-missing", {"manager"}, {}};
    if (form.manager_code.empty()) form.refusal = Refusal{std::nullopt, "staff.code-missing", {"code"}, {}};
    if (form.refusal) return;
    auto made = Desk::create(database_name, std::move(identity), desk_options());
    if (!made) {
        form.refusal = made.error();
        return;
    }
    desk_ = std::move(*made);
    auto& desk = *desk_;
    auto const manager = desk.submit({"add_staff", {}, {}, {{"code", form.manager_code}, {"name", form.manager_name}}});
    if (manager) {
        auto const id = manager->added.front().id;
        for (auto const* role : {"manager", "butler"})
            if (auto const granted = desk.submit({"grant_role",
                                                  std::string_view{role} == "manager" ? "" : format_id(id),
                                                  {},
                                                  {{"staff", format_id(id)}, {"role", role}}});
                !granted)
                form.refusal = granted.error();
        mailbox_.set_person(id);
    } else {
        form.refusal = manager.error();
    }
    choose_person(mailbox_.person());
    use_desk();
    shell_.go(Place::today);
}

void Page::create_sample() {
    auto made = Desk::create(database_name, sample_identity(), desk_options());
    if (!made) {
        state_.first_run.refusal = made.error();
        return;
    }
    desk_ = std::move(*made);
    filling_since_ = shell_.seconds;
    ui.wake(1);
}

// True while something is left to fill in.
bool Page::fill_sample() {
    // What is to be entered is thought out in a frame of its own.
    if (!filler_) {
        filler_ = std::make_unique<SampleFiller>(*desk_, desk_->now(),
                                                 [this](std::optional<std::int64_t> at) { held_clock_ = at; });
        return true;
    }
    auto const until = emscripten_get_now() + fill_milliseconds;
    auto entered = 0;
    auto const finished = filler_->step([&] { return ++entered < fill_commands || emscripten_get_now() < until; });
    if (finished && !*finished) return true;
    auto const person = filler_->person();
    filler_.reset();
    filling_since_.reset();
    if (!finished) {
        desk_.reset();
        mirror.reset();
        fail(finished.error());
        return false;
    }
    choose_person(person);
    use_desk();
    shell_.go(Place::today);
    retry();
    return true;
}

void Page::hide() {
    if (mirror && !filling_since_) mirror->pump();
}

void Page::retry() {
    if (mirror && !filling_since_ && mirror->state() == SaveState::not_saved) mirror->retry();
}

void Page::lost() {
    // Whoever took over writes; what this tab shows may still be read.
    if (mirror) mirror->stand_down();
}

void Page::refuse_file(std::string name, bool too_large) {
    shell_.tell(ui,
                ui.say(too_large ? "refusal.file.too-large" : "refusal.file.unreadable", {{"file", std::move(name)}}),
                ui::Tone::danger);
}

void Page::file(std::string name, std::string bytes) {
    if (!desk_) return;
    // What other programs make is a table; what has no name was pasted.
    auto const is_table = std::any_of(std::begin(table_endings), std::end(table_endings), [&](std::string_view ending) {
        return name.empty() || (name.size() > ending.size() &&
                                std::equal(ending.rbegin(), ending.rend(), name.rbegin(), [](char left, char right) {
                                    return left == (right >= 'A' && right <= 'Z' ? right - 'A' + 'a' : right);
                                }));
    });
    if (is_table) {
        auto const& job = mailbox_.intake();
        auto const is_there = shell_.route == Route{Place::settings, "intake"};
        if ((job && job->phase() == IntakeJob::Phase::writing) || (name.empty() && !is_there)) return;
        mailbox_.take_table(std::move(name), std::move(bytes), state_.settings.intake.target, shell_.seconds);
        shell_.go(Place::settings, "intake");
        return;
    }
    mailbox_.import(std::move(name), std::move(bytes));
    shell_.go(Place::headquarters);
}

Needs Page::needs_at(LocalTime now) const {
    Needs needs;
    needs.headquarters = shell_.route.place == Place::headquarters;
    needs.receptions = shell_.route.place == Place::reception;
    needs.visits = shell_.route.place == Place::return_visits;
    if (shell_.route.place == Place::figures) {
        needs.figures = state_.figures.query(now);
        needs.figures_wanted = state_.figures.wanted;
    }
    needs.feedback = shell_.route.place == Place::feedback;
    needs.booked_week = calendar_week(shell_.route, now);
    if (shell_.route.place == Place::tickets) needs.ticket = shell_.route.detail;
    return needs;
}

bool Page::step(LocalTime now) {
    if (!desk_) return false;
    if (filling_since_ && fill_sample()) return true;
    needs_ = needs_at(now);
    return mailbox_.step(now, needs_, shell_.seconds);
}

// What is pressed must have been hovered for a frame before, so that of two controls the upper one knows; and a press
// and its release are two frames, as are two keys. True while something is left for the next frame.
bool Page::take_input() {
    auto& io = ImGui::GetIO();
    auto moved = false;
    while (!inputs_.empty()) {
        if (auto* key = std::get_if<Key>(&inputs_.front())) {
            if (moved) return true;
            // For whatever has the keyboard by now: the key before it may have handed it on.
            auto const id = key->id != 0 && ui.input.focused != 0 ? ui.input.focused : key->id;
            ui.input.keys.emplace_back(id, std::move(key->name));
            inputs_.pop_front();
            return !inputs_.empty();
        }
        if (std::holds_alternative<Again>(inputs_.front())) {
            ui.input.again = true;
            inputs_.pop_front();
            continue;
        }
        auto const event = std::get<Pointer>(inputs_.front());
        if (event.kind == Pointer::Kind::leave || event.kind == Pointer::Kind::cancel) {
            // A finger that began to scroll presses nothing.
            io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);
            if (event.kind == Pointer::Kind::cancel) io.AddMouseButtonEvent(0, false);
            pointer_x_ = pointer_y_ = -1;
            inputs_.pop_front();
            continue;
        }
        if (event.x != pointer_x_ || event.y != pointer_y_) {
            io.AddMouseSourceEvent(event.touch ? ImGuiMouseSource_TouchScreen : ImGuiMouseSource_Mouse);
            io.AddMousePosEvent(event.x, event.y);
            pointer_x_ = event.x;
            pointer_y_ = event.y;
            moved = true;
        }
        if (event.kind != Pointer::Kind::move) {
            if (moved) return true;
            if (event.kind == Pointer::Kind::down) ui.input.again = false;
            io.AddMouseButtonEvent(0, event.kind == Pointer::Kind::down);
            inputs_.pop_front();
            return !inputs_.empty();
        }
        inputs_.pop_front();
    }
    return false;
}

void Page::draw() {
    auto const& display = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(display);
    ImGui::Begin("page", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav |
                     ImGuiWindowFlags_NoScrollWithMouse);
    ui::Rect const place{0, 0, display.x, display.y};
    if (waiting_) {
        switch (draw_waiting(ui, place, *waiting_, waiting_reason_)) {
            case WaitingAnswer::none: break;
            case WaitingAnswer::save: shell_.new_rescue_file(); break;
            case WaitingAnswer::go_on:
                if (*waiting_ == NotOpen::other_tab) host::take_over();
                else if (*waiting_ == NotOpen::cut) open_desk();
                else host::reload();
        }
    } else if (filling_since_) {
        draw_preparing(ui, place,
                       {ui.say("ui.preparing-sample"), filler_ ? filler_->done() : 0, filler_ ? filler_->all() : 0,
                        shell_.seconds - *filling_since_});
    } else if (first_run_) {
        auto const answer = draw_first_run(ui, place, state_.first_run);
        if (answer.create) create_desk();
        else if (answer.sample) create_sample();
    } else if (desk_) {
        draw_app(stage_, place, state_);
    }
    ui.draw_above();
    ImGui::End();
}

LocalTime Page::take_time() {
    auto const now = from_unix_milliseconds(wall_milliseconds());
    ui.now = LocalTime{now.seconds - now.seconds % 60};
    return now;
}

// Hands over what was recorded since, unless it is part of a sample that is not whole yet.
void Page::pump() {
    if (!pump_wanted_ || !mirror || filling_since_) return;
    pump_wanted_ = false;
    mirror->pump();
}

void Page::tick() {
    auto const now = take_time();
    step(now);
    pump();
    auto const wanted = shell_.look.notices && shell_.notices == NoticePermission::granted;
    notices_.look(stage_, now, wanted ? host::notify : decltype(&host::notify){});
    host::wake_in(milliseconds_to_the_minute());
}

// Everything is drawn into ImGui's lists, and the elements beside the canvas are told.
void Page::lay_out() {
    ImGui_ImplOpenGL3_NewFrame();
    ImGui::NewFrame();
    ui.begin_frame();
    draw();
    ImGui::Render();
    ui.input.activated.clear();
    ui.input.texts.clear();
    ui.input.keys.clear();
    if (auto const said = ui.semantics.end_frame(); !said.empty()) host::say(said);
}

int Page::frame(double time) {
    // Nothing can be drawn before the page has said how large it is.
    if (context_lost_ || !renderer_ready_ || !ui.fonts_ready() || ImGui::GetIO().DisplaySize.x <= 0) return 0;
    auto const now = take_time();
    shell_.seconds = time / 1000;

    auto& io = ImGui::GetIO();
    static double before = time;
    io.DeltaTime = static_cast<float>(std::max((time - before) / 1000, 0.001));
    before = time;

    auto const more_input = take_input();
    auto const asking = emscripten_get_now();
    auto busy = step(now) || more_input;
    asked_ = emscripten_get_now() - asking;
    notices_.look(stage_, now, {});
    lay_out();
    // What was pressed just now asks for something or shows something else: it is done and laid out at once, not a
    // frame later.
    if (desk_ && !filling_since_ && (mailbox_.has_letters() || !(needs_at(now) == needs_))) {
        auto const again = emscripten_get_now();
        busy = step(now) || busy;
        asked_ += emscripten_get_now() - again;
        lay_out();
    }
    canvas_.draw(*ImGui::GetDrawData(), ui.theme().bg, pixels_wide_, pixels_high_);

    for (auto const& wanted : ui.pictures.take_wanted()) host::show_photo(wanted.key, wanted.longest);
    if (shell_.new_address) {
        shell_.new_address = false;
        host::address(path_of(shell_.route), shell_.replace_address);
        ui.wake(2);
    }
    auto const* place = desk_ && !filling_since_ ? row_of(shell_.route.place).words : nullptr;
    if (auto const title = (place ? ui.say(place) + " · " : std::string{}) + ui.say("ui.name"); title != told_title_) {
        told_title_ = title;
        host::title(title);
    }
    pump();
    // The clock and time left change with the minute; what is said in passing goes after its time.
    auto next = milliseconds_to_the_minute();
    if (shell_.next_change) next = std::min(next, std::max((*shell_.next_change - shell_.seconds) * 1000 + 20, 20.0));
    host::wake_in(next);
    auto const frames = ui.take_frames();
    return busy ? std::max(frames, 1) : frames;
}

Page& the_page() {
    static auto* const page = new Page;  // never destroyed: there is no end of the program
    return *page;
}

}  // namespace guanjia
