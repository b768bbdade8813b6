#pragma once
// What holds other things: cards, what scrolls, what lies above, and what is said where there is nothing yet.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "web/widgets/ui.h"

namespace guanjia::ui {

// Framed and rounded.
void card(Ui& ui, Rect place);

// What lies below the fold is scrolled to. Draw between construction and destruction, starting at `content`; what is
// said meanwhile lies within it.
class Scroll {
public:
    // Where the bar stands: in the place, which is then narrower, or beside it. None for what is one line high.
    enum class Bar { inside, beside, none };
    struct Spec {
        NodeRole role = NodeRole::group;
        std::string_view name = {};
        Bar bar = Bar::inside;
        float width = 0;  // of the content, when it is wider than the place
        NodeState state = none;
    };
    Scroll(Ui& ui, std::string_view key, Rect place) : Scroll{ui, key, place, Spec{}} {}
    Scroll(Ui& ui, std::string_view key, Rect place, Bar bar) : Scroll{ui, key, place, Spec{.bar = bar}} {}
    Scroll(Ui& ui, std::string_view key, Rect place, Spec const& spec);
    ~Scroll();
    Scroll(Scroll const&) = delete;
    Scroll& operator=(Scroll const&) = delete;

    // Where to draw next; its height is without bound.
    Rect content;
    // Cuts the next part off the top.
    Rect take(float height, float gap = 0);
    // Whether a part is on screen or just beside it, where the arrow keys go next: what is not need not be drawn.
    bool sees(Rect const& part) const;
    // Of the rows of one height that a part is made of: the first that is seen, and the one after the last.
    struct Range {
        std::size_t first, last;
    };
    Range rows(Rect const& part, std::size_t count, float height) const;
    // Brings a part that was taken into sight, unless it is.
    void show(Rect const& part);

private:
    Ui& ui_;
    ScrollState& state_;
    Rect place_;
    float top_;
};

// Tags one after the other, in as many lines as they need.
class TagRow {
public:
    TagRow(Ui& ui, Scroll& scroll, float gap = 4);
    void put(std::string_view words, Tone tone, char const* icon = nullptr);

private:
    Ui& ui_;
    Scroll& scroll_;
    float gap_;
    Rect row_;
    float x_;
};

// Drawn above everything that was drawn before, while it lives.
class Overlay {
public:
    enum class Presses { take, pass };
    Overlay(std::string_view key, Rect place, Presses presses = Presses::take);
    ~Overlay();
    Overlay(Overlay const&) = delete;
    Overlay& operator=(Overlay const&) = delete;
};

// A box above the page beside which nothing can be reached. Draw into `inside` while it lives.
class Dialog {
public:
    // `place` is that of the whole page; the box is as wide as given and as high as its content was last.
    Dialog(Ui& ui, std::string_view key, std::string_view title, Rect page, float width, float& height);
    ~Dialog();
    Dialog(Dialog const&) = delete;
    Dialog& operator=(Dialog const&) = delete;

    Rect inside;
    // Escape, or a press beside the box.
    bool dismissed = false;

private:
    // What dims the page and takes the presses meant for it.
    struct Scrim {
        Scrim(Ui& ui, std::string_view key, Rect page);
        Overlay overlay;
    };
    Ui& ui_;
    float top_ = 0;
    float& height_;
    Scrim scrim_;
    Rect box_place_;
    Region region_;
    Overlay box_;
};

// A question with two answers.
struct Question {
    std::string title;
    std::string words;
    std::string yes;
    bool danger = false;
};
enum class Answer : std::uint8_t { none, yes, no };
Answer ask(Ui& ui, Rect page, Question const& question);

// A list of things to do, below (or above) what opened it. `items` with nothing in `words` are lines between groups.
struct MenuItem {
    std::string words;
    char const* icon = nullptr;
    bool danger = false;
    std::optional<bool> checked = {};  // of what is on or off; it draws its own mark
};
struct MenuState {
    bool open = false;
    std::optional<std::size_t> chosen = {};
};
struct MenuSpec {
    std::string key;
    std::string name;
    char const* icon = nullptr;
    bool framed = true;      // the button that opens it
    std::string label = {};  // beside its icon
};
// Draws the button that opens it; the index of what was chosen.
std::optional<std::size_t> menu(Ui& ui, Rect place, MenuSpec const& spec, std::vector<MenuItem> const& items,
                                MenuState& state);

// Nothing here yet: says what to do first.
void empty_state(Ui& ui, Rect place, char const* icon, std::string_view title, std::string_view advice);
// A strip across the top, with a button when `action` has a label.
bool banner(Ui& ui, Rect place, Tone tone, char const* icon, std::string_view words, std::string_view action = {});

// A panel at the side with a head and, at its foot, what is done with it. Draw into `inside` while it lives. It fills
// the side of the page, or stands as a card within its margins.
enum class PanelGround : std::uint8_t { side, card };
struct SidePanelSpec {
    std::string_view title;
    std::string_view clause = {};  // or nothing
    NodeRole role = NodeRole::form;
    PanelGround ground = PanelGround::side;
};
class SidePanel {
public:
    SidePanel(Ui& ui, Rect place, SidePanelSpec const& spec);
    ~SidePanel() = default;
    SidePanel(SidePanel const&) = delete;
    SidePanel& operator=(SidePanel const&) = delete;

    bool closed = false;  // its cross was pressed, or Escape
    Rect foot;            // 40 high
    Rect inside;          // between head and foot

private:
    Region region_;
    Scope scope_;
};

}  // namespace guanjia::ui
