#include "core/cli/arguments.h"

#include <algorithm>

namespace guanjia {

namespace {

bool contains(std::vector<std::string> const& names, std::string const& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

ArgumentList::ArgumentList(std::vector<std::string> const& words, std::vector<std::string> const& options,
                           std::vector<std::string> const& flags) {
    for (std::size_t index = 0; index < words.size(); ++index) {
        auto const& word = words[index];
        // "-" alone is standard input.
        if (word.size() < 2 || word[0] != '-') {
            positional_.push_back(word);
            continue;
        }
        auto const name = word == "-o" ? std::string{"--output"} : word;
        if (contains(flags, name)) {
            options_[name] = "";
        } else if (contains(options, name) && index + 1 < words.size()) {
            options_[name] = words[++index];
        } else {
            wrong_ = word;
            return;
        }
    }
}

std::optional<std::string> ArgumentList::option(std::string const& name) const {
    auto const found = options_.find(name);
    if (found == options_.end()) return std::nullopt;
    return found->second;
}

}  // namespace guanjia
