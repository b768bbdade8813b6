#pragma once
// Everything that views are made of.

#include "web/widgets/buttons.h"   // IWYU pragma: export
#include "web/widgets/charts.h"    // IWYU pragma: export
#include "web/widgets/dates.h"     // IWYU pragma: export
#include "web/widgets/feedback.h"  // IWYU pragma: export
#include "web/widgets/fields.h"    // IWYU pragma: export
#include "web/widgets/layout.h"    // IWYU pragma: export
#include "web/widgets/table.h"     // IWYU pragma: export
