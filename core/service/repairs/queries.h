#pragma once
// View rows of repair orders.

#include <span>

#include "core/service/repairs/model.h"
#include "core/store/query.h"

namespace guanjia {

std::span<QuerySpec const> repair_queries();

}  // namespace guanjia
