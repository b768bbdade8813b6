#pragma once
// `guanjia import-table`: a table of another program, by the same steps as the page takes it in.

#include "core/cli/session.h"

namespace guanjia {

int import_table(Session& session);

}  // namespace guanjia
