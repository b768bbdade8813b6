#pragma once
// "guanjia VERB words --option value": split once, asked for by name.

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace guanjia {

class ArgumentList {
public:
    // Options in `flags` take no value. An option without its value, or one named in neither list, makes it unusable.
    ArgumentList(std::vector<std::string> const& words, std::vector<std::string> const& options,
                 std::vector<std::string> const& flags);

    bool usable() const { return wrong_.empty(); }
    std::string const& wrong() const { return wrong_; }
    std::vector<std::string> const& positional() const { return positional_; }
    bool has(std::string const& flag) const { return options_.contains(flag); }
    std::optional<std::string> option(std::string const& name) const;

private:
    std::vector<std::string> positional_;
    std::map<std::string, std::string> options_;
    std::string wrong_;
};

}  // namespace guanjia
