#include "web/widgets/ui.h"

#include <imgui_internal.h>

#include <cmath>
#include <cstring>

namespace guanjia::ui {

ImFontLoader const* system_glyphs = nullptr;

namespace {

constexpr float line_height = size::line_height;

std::uint32_t read_16(std::string const& bytes, std::size_t at) {
    if (at + 2 > bytes.size()) return 0;
    return (static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at])) << 8) |
           static_cast<unsigned char>(bytes[at + 1]);
}
std::uint32_t read_32(std::string const& bytes, std::size_t at) {
    return (read_16(bytes, at) << 16) | read_16(bytes, at + 2);
}

// Ascent and descent in em: ImGui's size is that of the line, CSS's that of the em square. 0 when it is no font.
float line_per_em(std::string const& font) {
    auto const tables = read_16(font, 4);
    std::size_t head = 0;
    std::size_t hhea = 0;
    for (std::size_t index = 0; index < tables; ++index) {
        auto const entry = 12 + index * 16;
        if (entry + 16 > font.size()) return 0;
        auto const tag = std::string_view{font}.substr(entry, 4);
        if (tag == "head") head = read_32(font, entry + 8);
        if (tag == "hhea") hhea = read_32(font, entry + 8);
    }
    auto const units = head ? read_16(font, head + 18) : 0;
    if (units == 0 || hhea == 0) return 0;
    auto const ascent = static_cast<std::int16_t>(read_16(font, hhea + 4));
    auto const descent = static_cast<std::int16_t>(read_16(font, hhea + 6));
    return static_cast<float>(ascent - descent) / static_cast<float>(units);
}

ImFont* add_font(std::string const& bytes) {
    ImFontConfig config;
    config.FontDataOwnedByAtlas = false;  // ImGui takes a copy
    config.OversampleH = 2;
    config.PixelSnapH = false;
    return ImGui::GetIO().Fonts->AddFontFromMemoryTTF(const_cast<char*>(bytes.data()), static_cast<int>(bytes.size()),
                                                      0.0F, &config);
}

void add_system_glyphs() {
    if (!system_glyphs) return;
    ImFontConfig config;
    config.MergeMode = true;
    config.FontLoader = system_glyphs;
    ImGui::GetIO().Fonts->AddFont(&config);
}

char32_t next_character(std::string_view& text) {
    unsigned int character = 0;
    auto const used = ImTextCharFromUtf8(&character, text.data(), text.data() + text.size());
    text.remove_prefix(static_cast<std::size_t>(used > 0 ? used : 1));
    return character;
}

bool is_wide(char32_t character) { return character >= 0x2E80; }
bool may_not_begin(char32_t character) {
    static constexpr std::u32string_view closing = U"，。、；：？！）》」』】”’…％%,.;:?!)]}·";
    return closing.find(character) != std::u32string_view::npos;
}
bool may_not_end(char32_t character) {
    static constexpr std::u32string_view opening = U"（《「『【“‘([{";
    return opening.find(character) != std::u32string_view::npos;
}

ImVec2 vec(float x, float y) { return {x, y}; }

}  // namespace

bool Ui::load_font(int kind, std::string bytes) {
    auto const em = line_per_em(bytes);
    if (em <= 0) return false;
    auto* atlas = ImGui::GetIO().Fonts;
    if (kind == 3 && regular_) atlas->RemoveFont(regular_);
    auto* font = add_font(bytes);
    if (!font) return false;
    switch (kind) {
        case 1:
            bold_ = font;
            bold_em_ = em;
            break;
        case 2:
            icons_ = font;
            icons_em_ = em;
            break;
        default:
            add_system_glyphs();
            regular_ = font;
            regular_em_ = em;
            ImGui::GetIO().FontDefault = font;
    }
    return true;
}

Ui::Face Ui::face(std::string_view text, TextStyle const& style) const {
    if (!style.bold) return {regular_, regular_em_, false};
    // The bold font has the characters of our own sentences only; a text with others is made bold as a whole.
    for (auto rest = text; !rest.empty();)
        if (auto const character = next_character(rest); !bold_->IsGlyphInFont(static_cast<ImWchar>(character)))
            return {regular_, regular_em_, true};
    return {bold_, bold_em_, false};
}

float Ui::width_of(std::string_view text, TextStyle style) const {
    auto const with = face(text, style);
    return with.font->CalcTextSizeA(style.size * with.em, FLT_MAX, 0.0F, text.data(), text.data() + text.size()).x;
}

float Ui::draw_run(ImDrawList& to, float x, float y, float height, std::string_view text, TextStyle const& style) {
    auto const with = face(text, style);
    auto const pixels = style.size * with.em;
    auto const top = y + (height - pixels) / 2;
    auto const colour = style.colour ? style.colour : theme_->text;
    auto const* end = text.data() + text.size();
    to.AddText(with.font, pixels, vec(x, top), colour, text.data(), end);
    // Half a pixel at 15 px on either side comes close to the bold of the font.
    if (with.faux)
        for (auto const shift : {-style.size / 40, style.size / 40})
            to.AddText(with.font, pixels, vec(x + shift, top), colour, text.data(), end);
    return with.font->CalcTextSizeA(pixels, FLT_MAX, 0.0F, text.data(), end).x;
}

float Ui::line(Rect place, std::string_view text, TextStyle style, float align) {
    if (text.empty() || place.w <= 0) return 0;
    if (auto const end = text.find('\n'); end != std::string_view::npos) text = text.substr(0, end);
    auto& to = *ImGui::GetWindowDrawList();
    auto const whole = width_of(text, style);
    if (whole <= place.w + 0.5F)
        return draw_run(to, place.x + (place.w - whole) * align, place.y, place.h, text, style);
    // Too long: as much as fits beside the ellipsis.
    static constexpr std::string_view dots = "…";
    auto const room = place.w - width_of(dots, style);
    auto const with = face(text, style);
    char const* cut = nullptr;
    with.font->CalcTextSizeA(style.size * with.em, std::max(room, 0.0F), 0.0F, text.data(), text.data() + text.size(),
                             &cut);
    auto shown = std::string{text.substr(0, static_cast<std::size_t>(cut - text.data()))};
    while (!shown.empty() && shown.back() == ' ') shown.pop_back();
    shown += dots;
    return draw_run(to, place.x, place.y, place.h, shown, style);
}

std::vector<std::string_view> Ui::wrap(std::string_view text, float width, TextStyle style) const {
    std::vector<std::string_view> lines;
    auto const with = face(text, style);
    auto* baked = with.font->GetFontBaked(style.size * with.em);
    auto const* begin = text.data();
    auto const* const end = text.data() + text.size();
    while (begin < end) {
        auto rest = std::string_view{begin, static_cast<std::size_t>(end - begin)};
        auto const* break_at = static_cast<char const*>(nullptr);
        auto used = 0.0F;
        char32_t before = 0;
        auto const* at = begin;
        auto const* next_begin = end;
        auto const* line_end = end;
        while (at < end) {
            auto after = rest;
            auto const character = next_character(after);
            if (character == '\n') {
                line_end = at;
                next_begin = after.data();
                break;
            }
            // A line may break before this character: after a space, or beside a wide one.
            auto const breakable = before != 0 && (before == ' ' || is_wide(before) || is_wide(character)) &&
                                   character != ' ' && !may_not_begin(character) && !may_not_end(before);
            if (breakable) break_at = at;
            auto const advance = baked->GetCharAdvance(static_cast<ImWchar>(character));
            if (used + advance > width && at != begin && character != ' ') {
                line_end = next_begin = break_at ? break_at : at;
                break;
            }
            used += advance;
            before = character;
            at = after.data();
            rest = after;
        }
        lines.emplace_back(begin, static_cast<std::size_t>(line_end - begin));
        begin = next_begin;
    }
    if (lines.empty()) lines.emplace_back();
    return lines;
}

float Ui::height_of(std::string_view text, float width, TextStyle style) const {
    return static_cast<float>(wrap(text, width, style).size()) * style.size * line_height;
}

float Ui::paragraph(float x, float y, float width, std::string_view text, TextStyle style, std::size_t limit) {
    auto const lines = wrap(text, width, style);
    auto const height = style.size * line_height;
    auto& to = *ImGui::GetWindowDrawList();
    auto const shown = limit > 0 ? std::min(limit, lines.size()) : lines.size();
    for (std::size_t index = 0; index < shown; ++index) {
        auto const top = y + static_cast<float>(index) * height;
        auto const last = index + 1 == shown && shown < lines.size();
        auto const* const end = lines[index].data() + lines[index].size();
        auto const line_ends = end < text.data() + text.size() && *end == '\n';
        if (last)
            line({x, top, width, height}, std::string{lines[index]} + (line_ends ? "…" : std::string{lines[index + 1]}),
                 style);
        else if (!lines[index].empty()) draw_run(to, x, top, height, lines[index], style);
    }
    return static_cast<float>(shown) * height;
}

void Ui::icon(Rect place, char const* glyph, float pixels, Colour colour) {
    auto const line_size = pixels * icons_em_;
    auto const size_of = icons_->CalcTextSizeA(line_size, FLT_MAX, 0.0F, glyph);
    ImGui::GetWindowDrawList()->AddText(
        icons_, line_size, vec(place.centre_x() - size_of.x / 2, place.centre_y() - line_size / 2), colour, glyph);
}

float Ui::label(Rect place, std::string_view text, TextStyle style, float align) {
    semantics.text(text, place);
    return line(place, text, style, align);
}

float Ui::body(float x, float y, float width, std::string_view text, TextStyle style) {
    auto const height = paragraph(x, y, width, text, style);
    semantics.text(text, {x, y, width, height});
    return height;
}

void Ui::heading(Rect place, std::string_view text, int level, TextStyle style) {
    semantics.heading(text, place, static_cast<std::uint8_t>(level));
    line(place, text, style);
}

void Ui::fill(Rect place, Colour colour, float radius) {
    ImGui::GetWindowDrawList()->AddRectFilled(vec(place.x, place.y), vec(place.right(), place.bottom()), colour,
                                              radius);
}

void Ui::outline(Rect place, Colour colour, float radius, float thickness) {
    auto const half = thickness / 2;
    ImGui::GetWindowDrawList()->AddRect(vec(place.x + half, place.y + half),
                                        vec(place.right() - half, place.bottom() - half), colour, radius, 0, thickness);
}

Ui::PictureState Ui::picture(Rect place, std::string const& key, int longest, Fit fit, float radius) {
    auto missing = false;
    auto* texture = pictures.find(key, longest, missing);
    if (!texture) return missing ? PictureState::missing : PictureState::coming;
    auto const width = static_cast<float>(texture->Width);
    auto const height = static_cast<float>(texture->Height);
    auto const across = place.w / width;
    auto const down = place.h / height;
    if (fit == Fit::contain) {
        auto const scale = std::min(across, down);
        place = {place.centre_x() - width * scale / 2, place.centre_y() - height * scale / 2, width * scale,
                 height * scale};
        ImGui::GetWindowDrawList()->AddImage(texture->GetTexRef(), vec(place.x, place.y),
                                             vec(place.right(), place.bottom()));
        return PictureState::there;
    }
    auto const scale = std::max(across, down);
    auto const beside = (1 - across / scale) / 2;
    auto const above_it = (1 - down / scale) / 2;
    ImGui::GetWindowDrawList()->AddImageRounded(texture->GetTexRef(), vec(place.x, place.y),
                                                vec(place.right(), place.bottom()), vec(beside, above_it),
                                                vec(1 - beside, 1 - above_it), IM_COL32_WHITE, radius);
    return PictureState::there;
}

void Ui::shadow(Rect place, float radius) {
    for (auto const spread : {2.0F, 5.0F, 9.0F})
        fill({place.x - spread, place.y - spread + 4, place.w + 2 * spread, place.h + 2 * spread}, 0x0B000000,
             radius + spread);
}

void Ui::shade_sides(Rect place, float before, float after) {
    constexpr float width = 16;
    constexpr Colour clear = 0;
    auto const shade = theme_name_ == ThemeName::light ? 0x1C000000 : 0x80000000;
    auto* list = ImGui::GetWindowDrawList();
    auto const side = [&](Rect part, Colour left, Colour right) {
        list->AddRectFilledMultiColor({part.x, part.y}, {part.right(), part.bottom()}, left, right, right, left);
    };
    if (before >= 1) side(place.take_left(width), shade, clear);
    if (after >= 1) side(place.take_right(width), clear, shade);
}

void Ui::horizontal_line(float x, float y, float width) { fill({x, y, width, 1}, theme_->line); }
void Ui::vertical_line(float x, float y, float height) { fill({x, y, 1, height}, theme_->line); }

std::uint32_t Ui::id_of(std::string_view key) const {
    return ImGui::GetCurrentWindow()->GetID(key.data(), key.data() + key.size());
}

std::uint32_t Ui::id_within(std::uint32_t parent, std::string_view key) const {
    return ImHashStr(key.data(), key.size(), parent);
}
void Ui::push_id(std::uint32_t id) { ImGui::PushOverrideID(id); }
void Ui::pop_id() { ImGui::PopID(); }

bool Ui::wants_focus(std::string_view key) {
    if (wanted_focus_.empty() || wanted_focus_ != key) return false;
    wanted_focus_.clear();
    return true;
}

void Ui::push_clip(Rect place) { ImGui::PushClipRect(vec(place.x, place.y), vec(place.right(), place.bottom()), true); }
void Ui::pop_clip() { ImGui::PopClipRect(); }

float Ui::display_width() const { return ImGui::GetIO().DisplaySize.x; }
float Ui::display_height() const { return ImGui::GetIO().DisplaySize.y; }

bool Ui::pointer_is_down() const { return ImGui::IsMouseDown(ImGuiMouseButton_Left); }

bool Ui::pressed_outside(Rect place) const {
    auto const& mouse = ImGui::GetIO().MousePos;
    return ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !place.contains(mouse.x, mouse.y);
}

// The second press of a double click is meant for what the first one met, wherever that is by now.
bool Ui::takes_press(std::uint32_t id) {
    if (input.again && id != pressed_) return false;
    pressed_ = id;
    return true;
}

Ui::Hit Ui::hit(Rect place, std::string_view key, NodeState& state, bool below_others) {
    Hit hit;
    hit.id = id_of(key);
    auto const off = (state & disabled) != 0;
    ImRect const box{place.x, place.y, place.right(), place.bottom()};
    ImGuiItemFlags flags = ImGuiItemFlags_NoNav;
    if (below_others) flags |= ImGuiItemFlags_AllowOverlap;
    if (ImGui::ItemAdd(box, hit.id, nullptr, flags) && !off)
        hit.clicked = ImGui::ButtonBehavior(box, hit.id, &hit.hovered, &hit.held) && takes_press(hit.id);
    if (!off)
        for (auto const id : input.activated) hit.clicked = hit.clicked || id == hit.id;
    if (input.focused == hit.id) hit.focused = input.focus_visible;
    if (wants_focus(key)) state = state | take_focus;
    if (hit.clicked) wake(3);
    return hit;
}

Ui::Hit Ui::press(Rect place, std::string_view key, NodeRole role, std::string_view name, NodeState state,
                  std::string_view description, bool below_others) {
    auto const what = hit(place, key, state, below_others);
    semantics.add(what.id, role, name, place, state).extra = description;
    return what;
}

Ui::Hit Ui::press_open(Rect place, std::string_view key, NodeRole role, std::string_view name, NodeState state) {
    auto const what = hit(place, key, state, true);
    semantics.open_as(what.id, role, name, place, state);
    return what;
}

void Ui::focus_ring(Rect place, float radius) { outline(place.inset(-3), theme_->accent, radius + 3, 2); }

std::optional<std::string> Ui::typed(std::uint32_t id) {
    std::optional<std::string> last;
    for (auto& [field, text] : input.texts)
        if (field == id) last = std::move(text);
    return last;
}

bool Ui::pressed_key(std::uint32_t id, std::string_view key) {
    for (auto const& [field, name] : input.keys)
        if (field == id && name == key) return true;
    return false;
}

bool Ui::shortcut(std::string_view key, std::string_view words) {
    semantics.shortcut(key);
    if (!words.empty()) shortcuts_.push_back({std::string{key}, std::string{words}});
    auto& wanted = wanted_by_[std::string{key}];
    ++wanted;
    auto const before = wanted_before_.find(key);
    return before != wanted_before_.end() && wanted == before->second && pressed_key(0, key);
}

void Ui::set_theme(ThemeName name) {
    theme_name_ = name;
    theme_ = name == ThemeName::dark ? &dark_theme : name == ThemeName::contrast ? &contrast_theme : &light_theme;
}

void Ui::set_touch(bool touch) {
    metrics.touch = touch;
    metrics.control = touch ? size::control_touch : size::control;
    metrics.row = touch ? size::control_touch + 8 : size::row;
}

void Ui::begin_frame() {
    semantics.begin_frame();
    pictures.begin_frame();
    shortcuts_.clear();
    wanted_before_.swap(wanted_by_);
    wanted_by_.clear();
    copy_ = nullptr;
}

void Ui::draw_above() {
    // What is drawn above may itself put something above.
    for (std::size_t index = 0; index < above_.size(); ++index) {
        auto const draw = std::move(above_[index]);
        draw();
    }
    above_.clear();
}

Scope::Scope(std::string_view key) { ImGui::PushID(key.data(), key.data() + key.size()); }
Scope::~Scope() { ImGui::PopID(); }

std::string grouped(std::int64_t number) {
    auto digits = std::to_string(number);
    auto const sign = number < 0 ? std::size_t{1} : 0;
    for (auto place = digits.size(); place > sign + 3;) {
        place -= 3;
        digits.insert(place, 1, ',');
    }
    return digits;
}

std::string grouped(Money money) {
    auto const text = format_money(money);
    auto const point = text.find('.');
    auto const whole = grouped(money.fen / 100);
    // Less than a yuan below zero keeps its sign.
    auto const sign = money.fen < 0 && money.fen > -100 ? "-" : "";
    return sign + whole + text.substr(point);
}

Colour colour_of(Theme const& theme, Tone tone) {
    switch (tone) {
        case Tone::accent: return theme.accent;
        case Tone::danger: return theme.danger;
        case Tone::warn: return theme.warn;
        case Tone::ok: return theme.ok;
        case Tone::info: return theme.info;
        default: return theme.text_2;
    }
}

Colour soft_colour_of(Theme const& theme, Tone tone) {
    switch (tone) {
        case Tone::accent: return theme.accent_soft;
        case Tone::danger: return theme.danger_soft;
        case Tone::warn: return theme.warn_soft;
        case Tone::ok: return theme.ok_soft;
        case Tone::info: return theme.info_soft;
        default: return theme.surface_2;
    }
}

}  // namespace guanjia::ui
