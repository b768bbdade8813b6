#pragma once
// View rows of the service desk.

#include <span>

#include "core/store/query.h"

namespace guanjia {

std::span<QuerySpec const> service_queries();

}  // namespace guanjia
