#pragma once
// Rectangles in CSS pixels, cut from the outside in: a view slices its place into parts and draws each.

#include <algorithm>

namespace guanjia::ui {

struct Rect {
    float x = 0, y = 0, w = 0, h = 0;

    constexpr float right() const { return x + w; }
    constexpr float bottom() const { return y + h; }
    constexpr float centre_x() const { return x + w / 2; }
    constexpr float centre_y() const { return y + h / 2; }
    constexpr bool empty() const { return w <= 0 || h <= 0; }
    constexpr bool contains(float px, float py) const { return px >= x && px < right() && py >= y && py < bottom(); }

    constexpr Rect inset(float horizontal, float vertical) const {
        return {x + horizontal, y + vertical, std::max(w - 2 * horizontal, 0.0F), std::max(h - 2 * vertical, 0.0F)};
    }
    constexpr Rect inset(float all) const { return inset(all, all); }

    // Each cuts a part off this rectangle, with a gap to what is left.
    constexpr Rect take_top(float height, float gap = 0) {
        Rect const part{x, y, w, std::min(height, h)};
        auto const used = std::min(height + gap, h);
        y += used;
        h -= used;
        return part;
    }
    constexpr Rect take_bottom(float height, float gap = 0) {
        auto const cut = std::min(height, h);
        Rect const part{x, bottom() - cut, w, cut};
        h -= std::min(height + gap, h);
        return part;
    }
    constexpr Rect take_left(float width, float gap = 0) {
        Rect const part{x, y, std::min(width, w), h};
        auto const used = std::min(width + gap, w);
        x += used;
        w -= used;
        return part;
    }
    constexpr Rect take_right(float width, float gap = 0) {
        auto const cut = std::min(width, w);
        Rect const part{right() - cut, y, cut, h};
        w -= std::min(width + gap, w);
        return part;
    }

    constexpr Rect intersection(Rect const& other) const {
        auto const left = std::max(x, other.x);
        auto const top = std::max(y, other.y);
        return {left, top, std::max(std::min(right(), other.right()) - left, 0.0F),
                std::max(std::min(bottom(), other.bottom()) - top, 0.0F)};
    }

    constexpr Rect united(Rect const& other) const {
        auto const left = std::min(x, other.x);
        auto const top = std::min(y, other.y);
        return {left, top, std::max(right(), other.right()) - left, std::max(bottom(), other.bottom()) - top};
    }

    friend constexpr bool operator==(Rect const&, Rect const&) = default;
};

}  // namespace guanjia::ui
