// The search alone, as WebAssembly under node.

#include "tests/bench/search_bench.h"

int main() { search_figures(); }
