#pragma once
// One call of the command line: its words, its streams, and how it answers.

#include <iosfwd>
#include <memory>
#include <ostream>
#include <string>

#include "core/cli/arguments.h"
#include "core/cli/cli.h"
#include "core/cli/json.h"

namespace guanjia {

struct Session {
    ArgumentList const& arguments;
    std::istream& in;
    std::ostream& out;
    std::ostream& error;
    Language language;

    std::string const& word(std::size_t index) const { return arguments.positional()[index]; }
    std::size_t words() const { return arguments.positional().size(); }

    void print(Json const& json) { out << line_of(json) << '\n'; }
    int refused(Refusal const& refusal, int code = exit_refused) {
        print(json_of(refusal, language));
        return code;
    }
};

// That of the first word, with what a crash interrupted finished before anything else.
Result<std::unique_ptr<Desk>> open_desk(Session& session);

}  // namespace guanjia
