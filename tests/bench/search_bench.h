#pragma once
// The figure of the search: a keystroke over 100,000 tickets.

void search_figures();
