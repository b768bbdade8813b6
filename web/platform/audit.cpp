#include "web/platform/audit.h"

#include <imgui_internal.h>

namespace {

std::vector<guanjia::audit::Item> items;
char engine;  // only its address is used: that there is somebody to tell

}  // namespace

// Called by Dear ImGui (IMGUI_ENABLE_TEST_ENGINE) for each item, while it is asked to.
void ImGuiTestEngineHook_ItemAdd(ImGuiContext* context, ImGuiID id, ImRect const& box, ImGuiLastItemData const*) {
    // Windows themselves are items too; ours cannot be pressed, and one is never shown.
    auto const* window = context->CurrentWindow;
    if (id == 0 || !window || window->IsFallbackWindow || id == window->MoveId || id == window->ID) return;
    items.push_back({id, {box.Min.x, box.Min.y, box.GetWidth(), box.GetHeight()}});
}
void ImGuiTestEngineHook_ItemInfo(ImGuiContext*, ImGuiID, char const*, ImGuiItemStatusFlags) {}
void ImGuiTestEngineHook_Log(ImGuiContext*, char const*, ...) {}
char const* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID) { return nullptr; }

namespace guanjia::audit {

void begin() {
    auto& context = *ImGui::GetCurrentContext();
    items.clear();
    context.TestEngine = &engine;
    context.TestEngineHookItems = true;
}

std::vector<Item> end() {
    auto& context = *ImGui::GetCurrentContext();
    context.TestEngine = nullptr;
    context.TestEngineHookItems = false;
    return std::move(items);
}

}  // namespace guanjia::audit
