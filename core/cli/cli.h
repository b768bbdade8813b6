#pragma once
// The `guanjia` command: everything the first desk does, scripted by JSON lines.

#include <iosfwd>
#include <string>
#include <vector>

namespace guanjia {

enum ExitCode { exit_accepted = 0, exit_failed = 1, exit_unusable = 2, exit_refused = 3 };

// words: without the program's name. Returns an ExitCode.
int run_command_line(std::vector<std::string> const& words, std::istream& in, std::ostream& out, std::ostream& error);

}  // namespace guanjia
