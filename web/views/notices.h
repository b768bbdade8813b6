#pragma once
// Duties of the person at the desk that come near: each is told once, in the page and, where the person wants it and is
// looking elsewhere, by the system. The system is told no names: it shows them to whoever stands before the screen.

#include <functional>
#include <set>
#include <string>

#include "web/views/stage.h"

namespace guanjia {

class Notices {
public:
    // So long before it is due.
    static constexpr std::int64_t seconds_before = 15 * 60;

    // `tell_system` is null while the person looks at the page, or does not want it.
    void look(Stage const& stage, LocalTime now,
              std::function<void(std::string const& title, std::string const& words)> const& tell_system);
    void forget() { told_.clear(); }

private:
    std::set<std::string> told_;
};

}  // namespace guanjia
