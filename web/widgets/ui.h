#pragma once
// What every widget draws with: look, fonts, language, the time of the snapshot, what the person did since the last
// frame, and the words said about what is drawn. One Ui per page.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <imgui.h>

#include "core/base/money.h"
#include "core/base/strings.h"
#include "core/base/time.h"
#include "generated/icons.h"
#include "generated/tokens.h"
#include "web/widgets/pictures.h"
#include "web/widgets/semantics.h"

namespace guanjia::ui {

struct TextStyle {
    float size = size::text_body;  // CSS px
    Colour colour = 0;             // 0: the theme's text
    bool bold = false;
};

// Good, bad, neutral …: a colour that always comes with a word and mostly an icon.
enum class Tone : std::uint8_t { neutral, accent, danger, warn, ok, info };

enum class ThemeName : std::uint8_t { light, dark, contrast };

// Sizes that depend on how the desk is worked: a finger needs more room than a mouse.
struct Metrics {
    float control = size::control;  // height of what is pressed or typed into
    float row = size::row;          // least height of a row that is pressed
    bool touch = false;
};

// What Ctrl+C puts on the clipboard.
struct Copied {
    std::string text;  // with tabs between cells
    std::string html;
};

struct Shortcut {
    std::string key;
    std::string words;
};

// What the person did since the last frame, as the page reported it.
struct Input {
    std::uint32_t focused = 0;   // the element that has the keyboard
    bool focus_visible = false;  // … and shows it
    bool control = false;        // held while the pointer was pressed
    bool shift = false;
    bool again = false;  // … for the second time: a double click
    std::vector<std::uint32_t> activated;
    std::vector<std::pair<std::uint32_t, std::string>> texts;  // what fields hold now
    std::vector<std::pair<std::uint32_t, std::string>> keys;   // 0: a shortcut
};

// Where something that scrolls stands. The page scrolls it, as it scrolls everything: wheel, touch, keys, and whatever
// gets the focus comes into sight.
struct ScrollState {
    float x = 0, y = 0;
    float width = 0, height = 0;  // of all that is in it, as last drawn
    float to = -1;                // where it is to be scrolled next; negative: it stays
};

class Ui {
public:
    Semantics semantics;
    Pictures pictures;
    Input input;
    Language language = Language::chinese;
    LocalTime now = no_time;  // to the minute
    float scrollbar = 0;      // width of the browser's scroll bars; 0 where they lie over the content
    Metrics metrics;

    Theme const& theme() const { return *theme_; }
    ThemeName theme_name() const { return theme_name_; }
    void set_theme(ThemeName name);
    void set_touch(bool touch);

    // kind 0 regular, 1 bold, 2 icons, 3 the full text font that replaces the regular one. False when it is no font.
    bool load_font(int kind, std::string bytes);
    bool fonts_ready() const { return regular_ && bold_ && icons_; }

    // The sentence of a key of assets/strings.
    std::string say(std::string_view key, std::vector<std::pair<std::string, std::string>> const& details = {}) const {
        return sentence(language, key, details);
    }

    // Text, drawn and measured in CSS px. `line` is one line; what does not fit ends in "…".
    float width_of(std::string_view text, TextStyle style = {}) const;
    // Vertically centred in `place`. Returns the width drawn.
    float line(Rect place, std::string_view text, TextStyle style = {}, float align = 0);
    // Lines that fit the width; Chinese breaks anywhere but before closing punctuation.
    std::vector<std::string_view> wrap(std::string_view text, float width, TextStyle style = {}) const;
    float height_of(std::string_view text, float width, TextStyle style = {}) const;
    // Returns the height drawn.
    float paragraph(float x, float y, float width, std::string_view text, TextStyle style = {}, std::size_t lines = 0);
    void icon(Rect place, char const* glyph, float pixels, Colour colour);

    // Like line and paragraph, and said as well.
    float label(Rect place, std::string_view text, TextStyle style = {}, float align = 0);
    float body(float x, float y, float width, std::string_view text, TextStyle style = {});
    void heading(Rect place, std::string_view text, int level, TextStyle style);

    void fill(Rect place, Colour colour, float radius = 0);
    void outline(Rect place, Colour colour, float radius = 0, float thickness = 1);
    // A picture fills the place and is cut to it, or stands whole within it.
    enum class Fit : std::uint8_t { cover, contain };
    enum class PictureState : std::uint8_t { coming, there, missing };
    // longest: pixels of the longest side in which it is asked for (web/widgets/pictures.h).
    PictureState picture(Rect place, std::string const& key, int longest, Fit fit, float radius = 0);
    // Lifts what is drawn upon it from what lies below.
    void shadow(Rect place, float radius);
    // At the sides of what scrolls sideways: there is more, so many px, before and after what is seen.
    void shade_sides(Rect place, float before, float after);
    void horizontal_line(float x, float y, float width);
    void vertical_line(float x, float y, float height);

    struct Hit {
        std::uint32_t id = 0;
        bool clicked = false;
        bool hovered = false;
        bool held = false;
        bool focused = false;  // by keyboard: to be shown
    };
    // Something that can be pressed, by pointer, keyboard or assistive technology. `key` tells it from its siblings.
    // `below_others`: other controls lie upon it.
    Hit press(Rect place, std::string_view key, NodeRole role, std::string_view name, NodeState state = none,
              std::string_view description = {}, bool below_others = false);
    // Likewise, and what is said until semantics.close() lies within it.
    Hit press_open(Rect place, std::string_view key, NodeRole role, std::string_view name, NodeState state = none);
    void focus_ring(Rect place, float radius);

    // A field's text as the page has it, when it has changed.
    std::optional<std::string> typed(std::uint32_t id);
    bool pressed_key(std::uint32_t id, std::string_view key);
    // Registers the key and tells whether it was pressed. Of several that want one key the uppermost has it: the one
    // that was drawn last. With words it also stands on the sheet of shortcuts.
    bool shortcut(std::string_view key, std::string_view words = {});
    std::vector<Shortcut> const& shortcuts() const { return shortcuts_; }
    std::uint32_t id_of(std::string_view key) const;
    // The id of a key within something that has an id itself; and everything until pop_id() is within it.
    std::uint32_t id_within(std::uint32_t parent, std::string_view key) const;
    void push_id(std::uint32_t id);
    void pop_id();
    // The element gets the keyboard when it is next drawn.
    void focus_next(std::string_view key_path) { wanted_focus_ = key_path; }
    bool wants_focus(std::string_view key);
    // Whatever has the keyboard gives it up.
    void blur() { semantics.blur(); }
    ScrollState& scroll(std::uint32_t id) { return scrolls_[id]; }

    void announce(std::string_view words) { semantics.announce(words); }
    // More frames are wanted, because something shown now will look different at once.
    void wake(int frames) { frames_ = frames > frames_ ? frames : frames_; }
    int take_frames() { return std::exchange(frames_, 0); }

    void push_clip(Rect place);
    void pop_clip();
    // Drawn after everything else of this frame, and so above it.
    void above(std::function<void()> draw) { above_.push_back(std::move(draw)); }
    void draw_above();
    // Whoever has the focus and something to copy says so in each frame.
    void offer_copy(std::function<Copied()> copy) { copy_ = std::move(copy); }
    std::optional<Copied> copied() const { return copy_ ? std::optional{copy_()} : std::nullopt; }
    void begin_frame();

    // CSS px.
    float display_width() const;
    float display_height() const;
    // Whether a press began outside of a place.
    bool pressed_outside(Rect place) const;
    bool pointer_is_down() const;

private:
    struct Face {
        ImFont* font;
        float em;   // of ImGui's size per CSS px
        bool faux;  // bold made by drawing twice
    };
    bool takes_press(std::uint32_t id);
    Hit hit(Rect place, std::string_view key, NodeState& state, bool below_others);
    Face face(std::string_view text, TextStyle const& style) const;
    float draw_run(ImDrawList& to, float x, float y, float height, std::string_view text, TextStyle const& style);

    Theme const* theme_ = &light_theme;
    ThemeName theme_name_ = ThemeName::light;
    ImFont* regular_ = nullptr;
    ImFont* bold_ = nullptr;
    ImFont* icons_ = nullptr;
    float regular_em_ = 1.448F;
    float bold_em_ = 1.448F;
    float icons_em_ = 1;
    std::uint32_t pressed_ = 0;  // what the pointer pressed last
    std::string wanted_focus_;
    std::unordered_map<std::uint32_t, ScrollState> scrolls_;
    std::vector<std::function<void()>> above_;
    std::vector<Shortcut> shortcuts_;
    std::map<std::string, int, std::less<>> wanted_by_,
        wanted_before_;  // how many want a key: now, in the frame before
    std::function<Copied()> copy_;
    int frames_ = 0;
};

// An id scope for what a loop draws.
class Scope {
public:
    explicit Scope(std::string_view key);
    ~Scope();
    Scope(Scope const&) = delete;
    Scope& operator=(Scope const&) = delete;
};

// "1,234,567"; "1,234.50"
std::string grouped(std::int64_t number);
std::string grouped(Money money);

Colour colour_of(Theme const& theme, Tone tone);
Colour soft_colour_of(Theme const& theme, Tone tone);

// Rare characters by the system's fonts: given by the platform, used by load_font.
extern ImFontLoader const* system_glyphs;

}  // namespace guanjia::ui
