#include <iostream>

#include "core/cli/cli.h"

int main(int count, char** words) {
    std::ios::sync_with_stdio(false);
    return guanjia::run_command_line({words + 1, words + count}, std::cin, std::cout, std::cerr);
}
